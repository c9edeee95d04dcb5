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
import firstanswer.dns.DomainName;
import firstanswer.transport.TextDialogue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Sends names to a server, several at a time, and gives a result for each, in the order of the
 * names.
 *
 * <p>The window counts names from when they are taken until their result has left, so it bounds
 * what is held here, too. A message belongs to the first name in the window that it begins with;
 * names before that one have been passed over by a server that is silent on a miss. When the server
 * is lost, what it has not answered is lost, and so is every name still to come: each gets its
 * result.
 */
final class QueryPipeline extends GraphStage<BidiShape<String, String, TextMessage, Result>> {
  private static final String TICK = "tick";

  /** How finely the timeout is measured: a name is given up at most a twentieth late. */
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
   * @param window names on their way at a time, at least 1
   * @param timeout after which names are given up while the server says nothing at all; one that is
   *     slow, because it holds us back, still answers
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

  /** A name in the window. */
  private static final class Asked {
    private final String written;
    private final Optional<DomainName> name;
    private final long sinceTick;
    private final long sinceNanos = System.nanoTime();
    private Result result;

    Asked(String written, long sinceTick) {
      this.written = written;
      this.sinceTick = sinceTick;
      this.name = TextCodec.readQuery(written);
    }

    boolean asksFor(DomainName answered) {
      return name.filter(answered::equals).isPresent();
    }
  }

  private final class Logic extends TimerGraphStageLogic {
    /** All in the window, oldest first. */
    private final Queue<Asked> asked = new ArrayDeque<>();

    /** Those of them that have no result yet. */
    private final Queue<Asked> waiting = new ArrayDeque<>();

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
      Asked first = waiting.remove();
      first.result = Result.timedOut(first.written);
    }

    private void take(String written) {
      Asked entry = new Asked(written, now);
      asked.add(entry);
      if (entry.name.isEmpty()) {
        entry.result = Result.error(written, "not a host name");
      } else if (lost.isPresent()) {
        entry.result = Result.lost(written, lost.get());
      } else {
        waiting.add(entry);
        // When the connection is closing, why it does is still to be heard.
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
      Asked entry = waiting.remove();
      long latencyNanos = System.nanoTime() - entry.sinceNanos;
      entry.result = Result.of(entry.written, message, answer.answer(), latencyNanos);
    }

    /** An error names no query: a server that keeps the order means the first that waits. */
    private void refuseFirst(String message) {
      if (!waiting.isEmpty()) {
        String reason =
            message.startsWith(TextCodec.ERROR)
                ? message.substring(TextCodec.ERROR.length())
                : "unreadable answer: " + message;
        Asked first = waiting.remove();
        first.result = Result.error(first.written, reason);
      }
    }

    private void lose(String reason) {
      lost = Optional.of(reason);
      waiting.forEach(entry -> entry.result = Result.lost(entry.written, reason));
      waiting.clear();
      proceed();
    }

    /** Does whatever can be done now: hand on a result, take a name, or finish. */
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

      /** The connection is gone; the other direction tells why. */
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
        lose(TextDialogue.reason(failure));
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
