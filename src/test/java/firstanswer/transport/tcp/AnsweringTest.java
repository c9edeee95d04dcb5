package firstanswer.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import firstanswer.config.ListenerLimits;
import firstanswer.testing.StageFixture;
import firstanswer.transport.tcp.Answering.Order;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test decides when each query has its answer. */
class AnsweringTest {
  private static final int IN_FLIGHT = 6;
  private static final int EXPECTED_BYTES = 744;
  private static final int ROOM_FOR = 3;
  private static final int MAX_UNSENT = ROOM_FOR * (EXPECTED_BYTES + 256);
  private static final ByteString LONGER = ByteString.fromArray(new byte[2 * EXPECTED_BYTES]);
  private static final ByteString SHORT = ByteString.fromArray(new byte[1]);

  private final UnsentCount unsent = new UnsentCount();
  private final Map<Integer, CompletableFuture<ByteString>> asked = new HashMap<>();
  private StageFixture<Integer, ByteString> stage;

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void noMoreQueriesAreTakenThanTheirAnswersHaveRoom() {
    start(Order.OF_ANSWERS);
    stage.out.request(1);
    ask(10);
    assertThat(asked).hasSize(ROOM_FOR);
    asked.get(0).complete(SHORT);
    stage.out.expectNext(SHORT);
    assertThat(asked).hasSize(1 + ROOM_FOR);
    asked.get(1).complete(SHORT);
    asked.get(2).complete(SHORT);
    assertThat(asked).as("as long as nobody reads").hasSize(1 + ROOM_FOR);
    stage.out.request(2);
    assertThat(asked).hasSizeGreaterThanOrEqualTo(3 + ROOM_FOR);
  }

  @Test
  void longAnswersLetInFewerQueries() {
    start(Order.OF_ANSWERS);
    stage.out.request(10);
    ask(IN_FLIGHT);
    for (int i = 0; i < ROOM_FOR; i++) {
      asked.get(i).complete(LONGER);
    }
    assertThat(asked).hasSize(ROOM_FOR + 1);
  }

  @Test
  void answerCountsFromItsCompletionOn() {
    start(Order.OF_QUERIES);
    stage.out.request(1);
    ask(2);
    assertThat(unsent.bytes()).isZero();
    asked.get(1).complete(SHORT);
    assertThat(unsent.bytes()).isEqualTo(SHORT.size() + 256);
  }

  @ParameterizedTest
  @EnumSource
  void emptyAnswerMakesRoomAndSendsNothing(Order order) {
    start(order);
    stage.out.request(10);
    ask(IN_FLIGHT);
    for (int i = 0; i < IN_FLIGHT - 1; i++) {
      asked.get(i).complete(ByteString.emptyByteString());
    }
    asked.get(IN_FLIGHT - 1).complete(SHORT);
    assertThat(stage.out.expectNext()).isEqualTo(SHORT);
    assertThat(unsent.bytes()).isEqualTo(SHORT.size() + 256);
  }

  @ParameterizedTest
  @EnumSource
  void answerWithoutMemoryIsDropped(Order order) {
    start(order);
    stage.out.request(2);
    ask(1);
    unsent.fill();
    asked.get(0).complete(SHORT);
    stage.in.sendComplete();
    stage.out.expectComplete();
  }

  @ParameterizedTest
  @EnumSource
  void answersLeaveInTheirOrder(Order order) {
    start(order);
    stage.out.request(2);
    ask(2);
    asked.get(1).complete(SHORT);
    asked.get(0).complete(LONGER);
    boolean asAsked = order == Order.OF_QUERIES;
    assertThat(stage.out.expectNext()).isEqualTo(asAsked ? LONGER : SHORT);
    assertThat(stage.out.expectNext()).isEqualTo(asAsked ? SHORT : LONGER);
  }

  @Test
  void clientThatHalfClosesGetsItsAnswers() {
    start(Order.OF_QUERIES);
    stage.out.request(2);
    ask(2);
    stage.in.sendComplete();
    asked.get(0).complete(SHORT);
    asked.get(1).complete(SHORT);
    stage.out.expectNext(SHORT, SHORT);
    stage.out.expectComplete();
  }

  private void start(Order order) {
    ListenerLimits limits =
        new ListenerLimits(1, 1, 100, IN_FLIGHT, MAX_UNSENT, Duration.ZERO, Duration.ZERO);
    stage =
        new StageFixture<>(
            new Answering<Integer>(order, limits, EXPECTED_BYTES).flow(this::begin, unsent));
  }

  private CompletionStage<CompletionStage<ByteString>> begin(int query) {
    CompletableFuture<ByteString> answer = new CompletableFuture<>();
    asked.put(query, answer);
    return CompletableFuture.completedFuture(answer);
  }

  private void ask(int queries) {
    for (int i = 0; i < queries; i++) {
      stage.in.sendNext(i);
    }
  }
}
