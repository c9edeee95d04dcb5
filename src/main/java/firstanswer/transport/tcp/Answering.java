package firstanswer.transport.tcp;

import akka.NotUsed;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import firstanswer.config.ListenerLimits;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Answers the queries of one connection side by side, within the limits of the connection. It reads
 * no further while it is at a limit.
 *
 * @param <Q> a query
 * @param order of the answers
 * @param limits of the connection
 * @param expectedBytes of an answer, as long as the client has had none
 */
public record Answering<Q>(Order order, ListenerLimits limits, int expectedBytes) {

  /** When an answer leaves. */
  public enum Order {
    /** In the order of the queries. */
    OF_QUERIES,
    /** As soon as the answer is there. */
    OF_ANSWERS
  }

  /** The memory of an answer beside its bytes: the objects around it. */
  private static final int OBJECTS_BYTES = 256;

  /** The bytes of memory that {@code answer} takes until it is sent. */
  static int cost(ByteString answer) {
    return answer.size() + OBJECTS_BYTES;
  }

  /** The bytes of memory that {@code count} answers with {@code bytes} together take. */
  static int cost(int count, int bytes) {
    return count * OBJECTS_BYTES + bytes;
  }

  /**
   * A flow from queries to answers.
   *
   * @param start begins to answer a query when there is room for it; the inner stage has the
   *     answer, which is empty if there is none to send
   * @param unsent counts the answers
   */
  public Flow<Q, ByteString, NotUsed> flow(
      Function<Q, CompletionStage<CompletionStage<ByteString>>> start, Unsent unsent) {
    // Minus one, because the first stage has started one more query than the second has taken.
    int others = limits.inFlightOfOneConnection() - 1;
    Flow<Q, CompletionStage<ByteString>, NotUsed> started =
        Flow.<Q>create().mapAsync(1, start::apply);
    Flow<Q, ByteString, NotUsed> answered =
        order == Order.OF_QUERIES
            ? started.mapAsync(others, answer -> counted(answer, unsent))
            : started.mapAsyncUnordered(others, answer -> counted(answer, unsent));
    return BidiFlow.fromGraph(
            new AnswerGate<Q>(limits.maxUnsentPerConnection(), cost(1, expectedBytes)))
        .join(answered);
  }

  /** Counts an answer as soon as it is there, since from then on it takes memory. */
  private static CompletionStage<ByteString> counted(
      CompletionStage<ByteString> answer, Unsent unsent) {
    return answer.thenApply(
        bytes -> bytes.isEmpty() || unsent.add(cost(bytes)) ? bytes : ByteString.emptyByteString());
  }
}
