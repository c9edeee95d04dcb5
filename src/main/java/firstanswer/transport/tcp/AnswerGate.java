package firstanswer.transport.tcp;

import akka.stream.Attributes;
import akka.stream.BidiShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;

/**
 * Stands around the stages that answer queries, and lets a query in only when an {@link
 * AnswerWindow} has room for its answer. Each query must have one answer. An empty answer makes
 * room and goes no further.
 */
final class AnswerGate<Q> extends GraphStage<BidiShape<Q, Q, ByteString, ByteString>> {
  private final Inlet<Q> queriesIn = Inlet.create("AnswerGate.queriesIn");
  private final Outlet<Q> queriesOut = Outlet.create("AnswerGate.queriesOut");
  private final Inlet<ByteString> answersIn = Inlet.create("AnswerGate.answersIn");
  private final Outlet<ByteString> answersOut = Outlet.create("AnswerGate.answersOut");
  private final BidiShape<Q, Q, ByteString, ByteString> shape =
      new BidiShape<>(queriesIn, queriesOut, answersIn, answersOut);
  private final long maxBytes;
  private final int expectedBytes;

  /**
   * A gate in front of a connection.
   *
   * @param maxBytes for the answers of all queries in flight
   * @param expectedBytes the cost of an answer as long as none has come
   */
  AnswerGate(long maxBytes, int expectedBytes) {
    this.maxBytes = maxBytes;
    this.expectedBytes = expectedBytes;
  }

  @Override
  public BidiShape<Q, Q, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private final AnswerWindow window = new AnswerWindow(maxBytes, expectedBytes);

    Logic() {
      super(shape);
      setHandler(queriesIn, new QueriesIn());
      setHandler(queriesOut, new QueriesOut());
      setHandler(answersIn, new AnswersIn());
      setHandler(answersOut, new AnswersOut());
    }

    private void readIfRoom() {
      if (isAvailable(queriesOut)
          && window.hasRoom()
          && !hasBeenPulled(queriesIn)
          && !isClosed(queriesIn)) {
        pull(queriesIn);
      }
    }

    private final class QueriesIn extends AbstractInHandler {
      @Override
      public void onPush() {
        window.asked();
        push(queriesOut, grab(queriesIn));
      }

      @Override
      public void onUpstreamFinish() {
        complete(queriesOut);
      }
    }

    private final class QueriesOut extends AbstractOutHandler {
      @Override
      public void onPull() {
        readIfRoom();
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        cancel(queriesIn, cause);
      }
    }

    private final class AnswersIn extends AbstractInHandler {
      @Override
      public void onPush() {
        ByteString answer = grab(answersIn);
        window.answered(Answering.cost(answer));
        if (answer.isEmpty()) {
          pull(answersIn);
        } else {
          push(answersOut, answer);
        }
        readIfRoom();
      }

      @Override
      public void onUpstreamFinish() {
        complete(answersOut);
      }
    }

    private final class AnswersOut extends AbstractOutHandler {
      @Override
      public void onPull() {
        pull(answersIn);
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        cancel(answersIn, cause);
      }
    }
  }
}
