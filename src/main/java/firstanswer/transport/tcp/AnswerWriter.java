package firstanswer.transport.tcp;

import akka.Done;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeoutException;

/**
 * Hands answers to the system in chunks of at most {@link #CHUNK_BYTES}: gathers short answers
 * while the system has not taken the previous chunk, and cuts long answers. The connection asks for
 * the next chunk when the system has taken the previous one. So the stage can tell a client that
 * reads slowly from a client that reads nothing, and fails only for the latter. The stage completes
 * when the system has taken everything.
 */
final class AnswerWriter extends GraphStage<FlowShape<ByteString, ByteString>> {
  /** A chunk is written at once if the system has room for it. */
  static final int CHUNK_BYTES = 16 * 1024;

  private static final String TICK = "tick";

  /** The resolution of the timeout: a client is cut off at most one tick late. */
  private static final int TICKS_PER_TIMEOUT = 4;

  private final Inlet<ByteString> in = Inlet.create("AnswerWriter.in");
  private final Outlet<ByteString> out = Outlet.create("AnswerWriter.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final Duration timeout;
  private final Unsent unsent;

  /**
   * A writer for one connection.
   *
   * @param timeout the stage fails when the system takes nothing for this long
   * @param unsent gets the bytes that were sent, and the end of the connection
   */
  AnswerWriter(Duration timeout, Unsent unsent) {
    this.timeout = timeout;
    this.unsent = unsent;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    /** The answers to be sent; of the first, perhaps only the end is left. */
    private final Deque<ByteString> waiting = new ArrayDeque<>();

    private int waitingBytes;

    /** The cost of the chunk that the system has not taken yet. */
    private int writing;

    private boolean timerRuns;
    private int ticksWithoutProgress;

    Logic() {
      super(shape);
      setHandler(in, new In());
      setHandler(out, new Out());
    }

    @Override
    public void preStart() {
      var cutOff =
          this.<Done>createAsyncCallback(
              done -> failStage(new IllegalStateException("too many answers are not read")));
      unsent.cutBy(() -> cutOff.invoke(Done.getInstance()));
      pull(in);
    }

    @Override
    public void postStop() {
      unsent.close();
    }

    @Override
    public void onTimer(Object key) {
      ticksWithoutProgress++;
      if (writing == 0) {
        timerRuns = false;
      } else if (ticksWithoutProgress > TICKS_PER_TIMEOUT) {
        failStage(new TimeoutException("the client has read nothing for " + timeout));
      } else {
        scheduleOnce(TICK, timeout.dividedBy(TICKS_PER_TIMEOUT));
      }
    }

    private void write() {
      if (isAvailable(out) && !waiting.isEmpty()) {
        push(out, nextChunk());
        ticksWithoutProgress = 0;
        if (!timerRuns) {
          timerRuns = true;
          scheduleOnce(TICK, timeout.dividedBy(TICKS_PER_TIMEOUT));
        }
      }
      if (isClosed(in) && waiting.isEmpty() && writing == 0) {
        completeStage();
      } else if (waitingBytes < CHUNK_BYTES && !isClosed(in) && !hasBeenPulled(in)) {
        pull(in);
      }
    }

    private ByteString nextChunk() {
      ByteString first = waiting.remove();
      ByteString chunk = first;
      int answers = 1;
      if (first.size() > CHUNK_BYTES) {
        chunk = first.take(CHUNK_BYTES);
        waiting.addFirst(first.drop(CHUNK_BYTES));
        answers = 0;
      } else if (!waiting.isEmpty() && waiting.peek().size() <= CHUNK_BYTES - first.size()) {
        ByteBuffer gathered = ByteBuffer.allocate(Math.min(waitingBytes, CHUNK_BYTES));
        gathered.put(first.asByteBuffer());
        while (!waiting.isEmpty() && waiting.peek().size() <= gathered.remaining()) {
          gathered.put(waiting.remove().asByteBuffer());
          answers++;
        }
        chunk = ByteString.fromArrayUnsafe(gathered.array(), 0, gathered.position());
      }
      waitingBytes -= chunk.size();
      writing = Answering.cost(answers, chunk.size());
      return chunk;
    }

    private final class In extends AbstractInHandler {
      @Override
      public void onPush() {
        ByteString answer = grab(in);
        waiting.add(answer);
        waitingBytes += answer.size();
        write();
      }

      @Override
      public void onUpstreamFinish() {
        write();
      }
    }

    private final class Out extends AbstractOutHandler {
      @Override
      public void onPull() {
        unsent.sent(writing);
        writing = 0;
        write();
      }
    }
  }
}
