package firstanswer.upstream.text;

import java.time.Duration;
import java.util.Optional;

/**
 * Measures how long a server has said nothing although names were sent to it. Times are readings of
 * one clock, in nanoseconds.
 */
final class Silence {
  private final Duration limit;
  private boolean lasts;
  private long since;

  /** Begins without a silence. */
  Silence(Duration limit) {
    this.limit = limit;
  }

  boolean lasts() {
    return lasts;
  }

  /** When the silence began, with the sending of a name. */
  long since() {
    return since;
  }

  /** A name was sent while no silence {@link #lasts}. */
  void begin(long now) {
    lasts = true;
    since = now;
  }

  /** The server has said something, or its host has answered a probe. */
  void end() {
    lasts = false;
  }

  /** The time until the silence is too long, zero if it is; empty without a silence. */
  Optional<Duration> left(long now) {
    return lasts
        ? Optional.of(Duration.ofNanos(Math.max(0, since + limit.toNanos() - now)))
        : Optional.empty();
  }
}
