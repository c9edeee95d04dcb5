package firstanswer.race;

import java.time.Duration;
import java.util.Optional;

/**
 * Between which a server is waited for before the next ones are asked, however fast or slow it
 * mostly is.
 *
 * @param min at least 1 ms; the clock of timers is no finer than 10 ms
 * @param max at least {@code min}
 */
public record DelayBounds(Duration min, Duration max) {

  /** The delay behind a server of that latency; behind one that is not known, the shortest. */
  public Duration delay(Optional<Duration> latency) {
    return latency.filter(l -> l.compareTo(min) > 0).map(this::atMostMax).orElse(min);
  }

  private Duration atMostMax(Duration latency) {
    return latency.compareTo(max) < 0 ? latency : max;
  }
}
