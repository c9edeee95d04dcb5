package firstanswer.race;

import java.time.Duration;
import java.util.Optional;

/**
 * The shortest and the longest delay before the next servers are asked, for every usual time of the
 * first server.
 *
 * @param min at least 1 ms, the resolution of the timers
 * @param max at least {@code min}
 */
public record DelayBounds(Duration min, Duration max) {

  /** The delay after a server with {@code latency}; the shortest delay if it is empty. */
  public Duration delay(Optional<Duration> latency) {
    return latency.filter(l -> l.compareTo(min) > 0).map(this::atMostMax).orElse(min);
  }

  private Duration atMostMax(Duration latency) {
    return latency.compareTo(max) < 0 ? latency : max;
  }
}
