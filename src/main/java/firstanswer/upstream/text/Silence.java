package firstanswer.upstream.text;

import java.time.Duration;
import java.util.Optional;

/**
 * Knows for how long a server has said nothing at all although names were sent to it. Times are
 * readings of one clock, in nanoseconds.
 */
final class Silence {
  private final Duration limit;
  private boolean lasts;
  private long since;

  /** No silence yet. */
  Silence(Duration limit) {
    this.limit = limit;
  }

  boolean lasts() {
    return lasts;
  }

  /** When the first name was sent that the server has said nothing to. */
  long since() {
    return since;
  }

  /** A name was sent while no silence {@link #lasts}. */
  void begin(long now) {
    lasts = true;
    since = now;
  }

  /** The server has said something, or shown otherwise that it is there. */
  void end() {
    lasts = false;
  }

  /** The time until the silence has lasted too long, zero if it has; empty if there is none. */
  Optional<Duration> left(long now) {
    return lasts
        ? Optional.of(Duration.ofNanos(Math.max(0, since + limit.toNanos() - now)))
        : Optional.empty();
  }
}
