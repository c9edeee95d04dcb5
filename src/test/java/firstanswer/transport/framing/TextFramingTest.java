package firstanswer.transport.framing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.util.ByteString;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.LineOrRestDecoder;
import firstanswer.codec.text.TextMessage;
import firstanswer.testing.StageFixture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextFramingTest {
  private static final Duration REST = Duration.ofMillis(20);
  private static final Duration LONG_REST = Duration.ofMillis(500);

  private final AtomicLong clock = new AtomicLong();
  private final StageFixture<ByteString, TextMessage> stage =
      new StageFixture<>(
          new TextFraming(() -> LineOrRestDecoder.forQueries(REST, LONG_REST), clock::get));
  private final ManualTime time = stage.time;
  private final TestPublisher.Probe<ByteString> bytes = stage.in;
  private final TestSubscriber.Probe<TextMessage> messages = stage.out;

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void bytesThatRestAreAMessage() {
    messages.request(2);
    send("a.example");
    time.timePasses(REST.minusMillis(1));
    messages.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(1));
    messages.expectNext(bare("a.example"));
  }

  @Test
  void bytesThatComeWhileTheTimerRunsBeginTheRestAnew() {
    messages.request(1);
    send("a.exa");
    time.timePasses(REST.minusMillis(1));
    send("mple");
    time.timePasses(REST);
    messages.expectNoMessage(Duration.ZERO);
    send(".org");
    time.timePasses(REST.multipliedBy(2));
    messages.expectNext(bare("a.example.org"));
  }

  @Test
  void bytesAfterTheRestAreANewMessageThoughTheTimerIsLate() {
    messages.request(2);
    send("a.example");
    clock.addAndGet(REST.toNanos());
    send("b.example");
    messages.expectNext(bare("a.example"), bare("b.example"));
  }

  @Test
  void bytesBeforeTheRestIsOverBelongToTheMessage() {
    messages.request(1);
    send("a.exa");
    clock.addAndGet(REST.toNanos() - 1);
    send("mple");
    time.timePasses(REST.multipliedBy(2));
    messages.expectNext(bare("a.example"));
  }

  @Test
  void halfALineDoesNotRestWhileNobodyWantsMessages() {
    messages.request(1);
    send("a.example\nb.exam");
    messages.expectNext(line("a.example"));
    time.timePasses(LONG_REST.multipliedBy(10));
    messages.request(1);
    send("ple\n");
    messages.expectNext(line("b.example"));
  }

  @Test
  void theEndOfTheBytesEndsTheLastMessageAndTheStage() {
    messages.request(1);
    send("a.example\nb.example");
    bytes.sendComplete();
    messages.expectNext(line("a.example"));
    messages.request(2);
    messages.expectNext(bare("b.example"));
    messages.expectComplete();
  }

  @Test
  void eofCompletesAndReadsNoFurther() {
    messages.request(5);
    send("a.example\nEOF\nb.example\n");
    messages.expectNext(line("a.example"));
    messages.expectComplete();
    bytes.expectCancellation();
  }

  @Test
  void anOverLongMessageIsTheLast() {
    messages.request(5);
    send("a".repeat(300) + "\nb.example\n");
    assertThat(messages.expectNext().overLong()).isTrue();
    messages.expectComplete();
  }

  private void send(String text) {
    bytes.sendNext(ByteString.fromString(text));
  }

  private static TextMessage bare(String text) {
    return new TextMessage(text, Framing.BARE);
  }

  private static TextMessage line(String text) {
    return new TextMessage(text, Framing.LINE);
  }
}
