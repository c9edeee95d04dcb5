package firstanswer.upstream.health;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: doubling from the shortest wait to the longest, each shortened
 * at random by up to a quarter, so that many who lost one server do not all come back at once.
 */
public final class Backoff {
  private static final double MAX_JITTER = 0.25;

  private final Duration min;
  private final Duration max;
  private final RandomGenerator random;
  private Duration next;

  public Backoff(Duration min, Duration max, RandomGenerator random) {
    this.min = min;
    this.max = max;
    this.random = random;
    this.next = min;
  }

  /** The wait before the next attempt, at most the longest. */
  public Duration next() {
    Duration wait = next.compareTo(max) < 0 ? next : max;
    next = wait.multipliedBy(2);
    return Duration.ofNanos((long) (wait.toNanos() * (1 - MAX_JITTER * random.nextDouble())));
  }

  /** An attempt has succeeded. */
  public void reset() {
    next = min;
  }
}
