package firstanswer.client;

import akka.stream.Attributes;
import akka.stream.BidiShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TextMessage;
import firstanswer.transport.tcp.FailureReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Sends names to a server, several at a time, and gives a result for each, in the order of the
 * names.
 *
 * <p>A name is in the window from the moment it is taken until its result has left, so the window
 * bounds the memory, too. An answer belongs to the first waiting name that it begins with. The
 * waiting names before it time out: the server keeps the order of the names, so it has passed over
 * them in silence. When the server is lost, each name without an answer, and each name still to
 * come, gets the result LOST.
 */
final class QueryPipeline extends GraphStage<BidiShape<String, String, TextMessage, Result>> {
  private static final String TICK = "tick";

  /** The resolution of the timeout: a name is given up at most one tick late. */
  private static final int TICKS_PER_TIMEOUT = 20;

  private final Inlet<String> names = Inlet.create("QueryPipeline.names");
  private final Outlet<String> queries = Outlet.create("QueryPipeline.queries");
  private final Inlet<TextMessage> messages = Inlet.create("QueryPipeline.messages");
  private final Outlet<Result> results = Outlet.create("QueryPipeline.results");
  private final BidiShape<String, String, TextMessage, Result> shape =
      new BidiShape<>(names, queries, messages, results);
  private final int window;
  private final Duration timeout;

  /**
   * A pipeline.
   *
   * @param window names in the window, at least 1
   * @param timeout a name is given up when the server has said nothing at all for this long; a
   *     server that is slow but talks is not given up
   */
  QueryPipeline(int window, Duration timeout) {
    this.window = window;
    this.timeout = timeout;
  }

  @Override
  public BidiShape<String, String, TextMessage, Result> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    /** The names in the window, oldest first. */
    private final Queue<QueuedName> asked = new ArrayDeque<>();

    /** The names in the window that have no result yet, oldest first. */
    private final Queue<QueuedName> waiting = new ArrayDeque<>();

    private Optional<String> lost = Optional.empty();
    private long now;
    private long lastHeardTick;

    Logic() {
      super(shape);
      setHandler(names, new NamesHandler());
      setHandler(queries, new QueriesHandler());
      setHandler(messages, new MessagesHandler());
      setHandler(results, new ResultsHandler());
    }

    @Override
    public void preStart() {
      pull(messages);
      Duration tick = timeout.dividedBy(TICKS_PER_TIMEOUT);
      scheduleAtFixedRate(TICK, tick, tick);
    }

    @Override
    public void onTimer(Object key) {
      now++;
      while (!waiting.isEmpty()
          && now - Math.max(waiting.peek().sinceTick, lastHeardTick) > TICKS_PER_TIMEOUT) {
        timeOutFirst();
      }
      proceed();
    }

    private void timeOutFirst() {
      QueuedName first = waiting.remove();
      first.result = Result.timedOut(first.written);
    }

    private void take(String written) {
      QueuedName entry = new QueuedName(written, now);
      asked.add(entry);
      if (entry.name.isEmpty()) {
        entry.result = Result.error(written, "not a host name");
      } else if (lost.isPresent()) {
        entry.result = Result.lost(written, lost.get());
      } else {
        waiting.add(entry);
        // The connection may be closing; the reason arrives later, in the other direction.
        if (!isClosed(queries)) {
          push(queries, written);
        }
      }
    }

    private void receive(TextMessage message) {
      lastHeardTick = now;
      TextCodec.readAnswer(message.text())
          .ifPresentOrElse(
              answer -> settle(message.text(), answer), () -> refuseFirst(message.text()));
    }

    private void settle(String message, TextCodec.NamedAnswer answer) {
      if (waiting.stream().noneMatch(entry -> entry.asksFor(answer.name()))) {
        return;
      }
      while (!waiting.element().asksFor(answer.name())) {
        timeOutFirst();
      }
      QueuedName entry = waiting.remove();
      entry.result = Result.of(entry.written, message, answer.answer(), entry.latencyNanos());
    }

    /**
     * Gives an error, which names no query, to the first name that waits, because the server keeps
     * the order.
     */
    private void refuseFirst(String message) {
      if (!waiting.isEmpty()) {
        String reason =
            message.startsWith(TextCodec.ERROR)
                ? message.substring(TextCodec.ERROR.length())
                : "unreadable answer: " + message;
        QueuedName first = waiting.remove();
        first.result = Result.error(first.written, reason);
      }
    }

    private void lose(String reason) {
      lost = Optional.of(reason);
      waiting.forEach(entry -> entry.result = Result.lost(entry.written, reason));
      waiting.clear();
      proceed();
    }

    /** Hands on a result, takes a name, or finishes, if possible now. */
    private void proceed() {
      if (isAvailable(results) && !asked.isEmpty() && asked.peek().result != null) {
        push(results, asked.remove().result);
      }
      boolean canTake = asked.size() < window && (isAvailable(queries) || lost.isPresent());
      if (canTake && !isClosed(names) && !hasBeenPulled(names)) {
        pull(names);
      }
      if (isClosed(names) && asked.isEmpty()) {
        finish();
      }
    }

    private void finish() {
      cancelTimer(TICK);
      complete(results);
      if (!isClosed(queries)) {
        emit(queries, TextCodec.END_OF_CONVERSATION, () -> complete(queries));
      } else {
        completeStage();
      }
    }

    private final class NamesHandler extends AbstractInHandler {
      @Override
      public void onPush() {
        take(grab(names));
        proceed();
      }

      @Override
      public void onUpstreamFinish() {
        proceed();
      }
    }

    private final class QueriesHandler extends AbstractOutHandler {
      @Override
      public void onPull() {
        proceed();
      }

      /** The connection is closed. The other direction brings the reason. */
      @Override
      public void onDownstreamFinish(Throwable cause) {}
    }

    private final class MessagesHandler extends AbstractInHandler {
      @Override
      public void onPush() {
        receive(grab(messages));
        pull(messages);
        proceed();
      }

      @Override
      public void onUpstreamFinish() {
        lose("connection closed by the server");
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        lose(FailureReason.of(failure));
      }
    }

    private final class ResultsHandler extends AbstractOutHandler {
      @Override
      public void onPull() {
        proceed();
      }
    }
  }
}
