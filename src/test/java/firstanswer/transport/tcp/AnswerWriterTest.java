package firstanswer.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import firstanswer.testing.StageFixture;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The probe behind the writer is the system: a request says that it has taken the last chunk. */
class AnswerWriterTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LITTLE_LESS = Duration.ofMillis(9_900);
  private static final int LONG = 3 * AnswerWriter.CHUNK_BYTES + 1;

  private final UnsentCount unsent = new UnsentCount();
  private final StageFixture<ByteString, ByteString> stage =
      new StageFixture<>(new AnswerWriter(TIMEOUT, unsent));

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void answerLeavesAtOnceAndCountsUntilTheSystemHasTakenIt() {
    stage.out.request(1);
    answer(bytes(100));
    assertThat(stage.out.expectNext()).isEqualTo(bytes(100));
    assertThat(unsent.bytes()).isPositive();
    stage.out.request(1);
    assertThat(unsent.bytes()).isZero();
  }

  @Test
  void answersThatWaitLeaveTogether() {
    stage.out.request(1);
    answer(bytes(10));
    stage.out.expectNext();
    answer(bytes(20));
    answer(bytes(30));
    stage.out.request(1);
    assertThat(stage.out.expectNext()).isEqualTo(bytes(20).concat(bytes(30)));
    stage.out.request(1);
    assertThat(unsent.bytes()).isZero();
  }

  @Test
  void longAnswerLeavesInChunks() {
    answer(bytes(LONG));
    answer(bytes(5));
    ByteString received = ByteString.emptyByteString();
    for (int size : new int[] {16_384, 16_384, 16_384, 6}) {
      stage.out.request(1);
      ByteString chunk = stage.out.expectNext();
      assertThat(chunk.size()).isEqualTo(size);
      received = received.concat(chunk);
    }
    assertThat(received).isEqualTo(bytes(LONG).concat(bytes(5)));
    stage.out.request(1);
    assertThat(unsent.bytes()).isZero();
  }

  @Test
  void noMoreIsReadThanOneChunkAhead() {
    long demand = 0;
    while (demand < 1000 && stage.in.pending() > 0) {
      answer(bytes(1000));
      demand++;
    }
    assertThat(demand).isLessThanOrEqualTo(20);
  }

  @Test
  void clientThatReadsSlowlyIsNotCutOff() {
    answer(bytes(LONG));
    for (int i = 0; i < 3; i++) {
      stage.out.request(1);
      stage.out.expectNext();
      stage.time.timePasses(LITTLE_LESS);
    }
    stage.out.request(1);
    assertThat(stage.out.expectNext().size()).isOne();
  }

  @Test
  void clientThatReadsNothingIsCutOff() {
    stage.out.request(1);
    answer(bytes(LONG));
    stage.out.expectNext();
    stage.time.timePasses(TIMEOUT.multipliedBy(2));
    assertThat(stage.out.expectError()).isInstanceOf(TimeoutException.class);
    stage.in.expectCancellation();
    assertThat(unsent.isClosed()).isTrue();
  }

  @Test
  void clientThatOwesNothingMayRest() {
    stage.out.request(1);
    answer(bytes(1));
    stage.out.expectNext();
    stage.out.request(1);
    stage.time.timePasses(TIMEOUT.multipliedBy(10));
    answer(bytes(2));
    assertThat(stage.out.expectNext()).isEqualTo(bytes(2));
  }

  @Test
  void endComesWhenTheSystemHasTakenEverything() {
    stage.out.request(1);
    answer(bytes(1));
    stage.out.expectNext();
    answer(bytes(2));
    stage.in.sendComplete();
    stage.out.request(1);
    assertThat(stage.out.expectNext()).isEqualTo(bytes(2));
    stage.out.expectNoMessage(Duration.ZERO);
    stage.out.request(1);
    stage.out.expectComplete();
    assertThat(unsent.isClosed()).isTrue();
  }

  @Test
  void halfClosedClientThatReadsNothingIsCutOffToo() {
    stage.out.request(1);
    answer(bytes(1));
    stage.out.expectNext();
    stage.in.sendComplete();
    stage.time.timePasses(TIMEOUT.multipliedBy(2));
    stage.out.expectError();
  }

  @Test
  void connectionThatIsCutOffFails() {
    answer(bytes(LONG));
    unsent.cutOff();
    stage.out.expectError();
    stage.in.expectCancellation();
  }

  private void answer(ByteString answer) {
    unsent.add(Answering.cost(answer));
    stage.in.sendNext(answer);
  }

  private static ByteString bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (count + i);
    }
    return ByteString.fromArray(bytes);
  }
}
