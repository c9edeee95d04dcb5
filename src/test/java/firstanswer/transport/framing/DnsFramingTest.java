package firstanswer.transport.framing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.util.ByteString;
import firstanswer.testing.StageFixture;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsFramingTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofMillis(1);
  private static final int MAX_BYTES = 100;
  private static final byte[] ONE = {1, 2, 3};
  private static final byte[] TWO = {4, 5};

  private final StageFixture<ByteString, byte[]> stage =
      new StageFixture<>(new DnsFraming(MAX_BYTES, TIMEOUT));
  private final ManualTime time = stage.time;
  private final TestPublisher.Probe<ByteString> bytes = stage.in;
  private final TestSubscriber.Probe<byte[]> messages = stage.out;

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aMessageComesBackFromItsBytes() {
    messages.request(2);
    bytes.sendNext(DnsFraming.bytes(ONE).concat(DnsFraming.bytes(TWO)));
    assertThat(messages.expectNext()).isEqualTo(ONE);
    assertThat(messages.expectNext()).isEqualTo(TWO);
  }

  @Test
  void aMessageThatIsNotWholeInTimeEndsTheStream() {
    messages.request(1);
    bytes.sendNext(DnsFraming.bytes(ONE).dropRight(1));
    time.timePasses(TIMEOUT.minus(TICK));
    messages.expectNoMessage(Duration.ZERO);
    time.timePasses(TICK);
    messages.expectComplete();
    bytes.expectCancellation();
  }

  @Test
  void singleBytesDoNotPutTheTimeOff() {
    messages.request(1);
    for (byte b : new byte[] {0, 50, 1, 2, 3}) {
      bytes.sendNext(ByteString.fromArray(new byte[] {b}));
      time.timePasses(TIMEOUT.dividedBy(5));
    }
    messages.expectComplete();
  }

  @Test
  void eachMessageHasATimeOfItsOwn() {
    messages.request(3);
    ByteString one = DnsFraming.bytes(ONE);
    bytes.sendNext(one.take(1));
    for (int i = 0; i < 3; i++) {
      time.timePasses(TIMEOUT.minus(TICK));
      bytes.sendNext(one.drop(1).concat(one.take(1)));
      assertThat(messages.expectNext()).isEqualTo(ONE);
    }
    messages.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aConnectionThatIsIdleBetweenMessagesGoesOn() {
    messages.request(2);
    bytes.sendNext(DnsFraming.bytes(ONE));
    assertThat(messages.expectNext()).isEqualTo(ONE);
    time.timePasses(TIMEOUT.multipliedBy(10));
    bytes.sendNext(DnsFraming.bytes(TWO));
    assertThat(messages.expectNext()).isEqualTo(TWO);
  }

  @Test
  void theTimeDoesNotCountWhileNobodyWantsMessages() {
    messages.request(1);
    bytes.sendNext(DnsFraming.bytes(ONE).concat(DnsFraming.bytes(TWO).dropRight(1)));
    assertThat(messages.expectNext()).isEqualTo(ONE);
    time.timePasses(TIMEOUT.multipliedBy(10));
    messages.request(1);
    bytes.sendNext(DnsFraming.bytes(TWO).takeRight(1));
    assertThat(messages.expectNext()).isEqualTo(TWO);
  }

  @Test
  void halfAMessageAtTheEndIsNotDelivered() {
    messages.request(5);
    bytes.sendNext(DnsFraming.bytes(ONE).concat(DnsFraming.bytes(TWO).dropRight(1)));
    assertThat(messages.expectNext()).isEqualTo(ONE);
    bytes.sendComplete();
    messages.expectComplete();
  }

  @Test
  void messagesBeforeTheEndAreStillDelivered() {
    messages.request(1);
    bytes.sendNext(DnsFraming.bytes(ONE).concat(DnsFraming.bytes(TWO)));
    bytes.sendComplete();
    assertThat(messages.expectNext()).isEqualTo(ONE);
    messages.request(1);
    assertThat(messages.expectNext()).isEqualTo(TWO);
    messages.request(1);
    messages.expectComplete();
  }

  @Test
  void aMessageThatIsTooLongEndsTheStream() {
    messages.request(5);
    bytes.sendNext(DnsFraming.bytes(ONE).concat(DnsFraming.bytes(new byte[MAX_BYTES + 1])));
    assertThat(messages.expectNext()).isEqualTo(ONE);
    messages.expectComplete();
    bytes.expectCancellation();
  }
}
