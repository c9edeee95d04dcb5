package firstanswer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(1));

  @Test
  void waitsDoubleToTheLongestLessAtMostAQuarter() {
    for (long expectedMillis : new long[] {100, 200, 400, 800, 1000, 1000, 1000}) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(expectedMillis * 3 / 4), Duration.ofMillis(expectedMillis));
    }
  }

  @Test
  void theWaitAfterASuccessIsTheShortest() {
    backoff.next();
    backoff.next();
    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void waitsDoNotGrowWithoutEnd() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(75), Duration.ofSeconds(1));
    }
  }
}
