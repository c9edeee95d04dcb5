package firstanswer.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import akka.NotUsed;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import firstanswer.testing.StageFixture;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The conversation is an echo; the probes are the connection. */
class IdleCloseTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final ByteString BYTES = ByteString.fromString("bytes");
  private static final Flow<ByteString, ByteString, NotUsed> ECHO = Flow.create();

  private final StageFixture<ByteString, ByteString> stage =
      new StageFixture<>(BidiFlow.fromGraph(new IdleClose(TIMEOUT)).join(ECHO));

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void idleConnectionEndsInGoodOrder() {
    stage.out.request(1);
    stage.time.timePasses(TIMEOUT);
    stage.out.expectNoMessage(Duration.ZERO);
    stage.time.timePasses(TICK);
    stage.out.expectComplete();
    stage.in.expectCancellation();
  }

  @Test
  void byteEitherWayKeepsTheConnectionOpen() {
    stage.out.request(3);
    for (int i = 0; i < 3; i++) {
      stage.time.timePasses(TIMEOUT);
      stage.in.sendNext(BYTES);
      stage.out.expectNext(BYTES);
    }
  }

  @Test
  void clientThatHasNotTakenTheLastBytesIsReset() {
    stage.out.request(1);
    stage.in.sendNext(BYTES);
    stage.out.expectNext(BYTES);
    stage.time.timePasses(TIMEOUT.plus(TICK));
    assertThat(stage.out.expectError()).isInstanceOf(TimeoutException.class);
  }
}
