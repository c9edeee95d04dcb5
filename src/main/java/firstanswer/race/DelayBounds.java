package firstanswer.race;

import java.time.Duration;
import java.util.Optional;

/**
 * The shortest and the longest delay before the next servers are asked, however fast or slow the
 * first server usually is.
 *
 * @param min at least 1 ms; the clock of timers is no finer than 10 ms
 * @param max at least {@code min}
 */
public record DelayBounds(Duration min, Duration max) {

  /** The delay after a server with that latency; the shortest if the latency is not known. */
  public Duration delay(Optional<Duration> latency) {
    return latency.filter(l -> l.compareTo(min) > 0).map(this::atMostMax).orElse(min);
  }

  private Duration atMostMax(Duration latency) {
    return latency.compareTo(max) < 0 ? latency : max;
  }
}
