package firstanswer.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long MEMORY = Duration.ofSeconds(10).toNanos();

  private final Latency latency = new Latency(50);

  @Test
  void percentileIsOfTheTimesAndNotOfTheirOrder() {
    addAll(9, 1, 2, 8, 3);
    assertThat(latency.percentile()).contains(Duration.ofMillis(3));
  }

  @Test
  void expectedTimeIsTheMeanOfTheLast128() {
    addMany(128, 10);
    addMany(64, 30);
    assertThat(latency.expected(0)).isEqualTo(Duration.ofMillis(20));
    addMany(64, 30);
    assertThat(latency.expected(0)).isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void percentileFollowsEachOfTheFirst16TimesAndThenEach16th() {
    addMany(7, 1);
    addMany(9, 5);
    assertThat(latency.percentile()).contains(Duration.ofMillis(5));
    addMany(15, 1);
    assertThat(latency.percentile()).contains(Duration.ofMillis(5));
    addMany(1, 1);
    assertThat(latency.percentile()).contains(Duration.ofMillis(1));
    addMany(15, 9);
    assertThat(latency.percentile()).contains(Duration.ofMillis(1));
    addMany(1, 9);
    assertThat(latency.percentile()).contains(Duration.ofMillis(5));
  }

  @Test
  void timesBeforeASilenceOfMoreThanTenSecondsNoLongerCount() {
    latency.add(Duration.ofMillis(10), 0);
    latency.add(Duration.ofMillis(30), MEMORY);
    assertThat(latency.expected(MEMORY)).isEqualTo(Duration.ofMillis(20));
    latency.add(Duration.ofMillis(40), 2 * MEMORY + 1);
    assertThat(latency.expected(2 * MEMORY + 1)).isEqualTo(Duration.ofMillis(40));
    assertThat(latency.percentile()).contains(Duration.ofMillis(40));
  }

  @Test
  void serverNotHeardForMoreThanTenSecondsIsWorthATry() {
    latency.add(Duration.ofMillis(10), 0);
    assertThat(latency.expected(MEMORY)).isEqualTo(Duration.ofMillis(10));
    assertThat(latency.expected(MEMORY + 1)).isZero();
    latency.tried(MEMORY + 1);
    assertThat(latency.expected(2 * MEMORY + 1)).isEqualTo(Duration.ofMillis(10));
    assertThat(latency.expected(2 * MEMORY + 2)).isZero();
  }

  private void addAll(long... millis) {
    for (long time : millis) {
      latency.add(Duration.ofMillis(time), 0);
    }
  }

  private void addMany(int count, long millis) {
    for (int i = 0; i < count; i++) {
      addAll(millis);
    }
  }
}
