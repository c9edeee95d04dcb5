package firstanswer.upstream.health;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between tries. Each wait is twice as long as the last one, up to a maximum, and
 * shortened at random by up to a quarter. Without the randomness, all clients that lost one server
 * would come back at the same moment.
 */
public final class Backoff {
  private static final double MAX_JITTER = 0.25;

  private final Duration min;
  private final Duration max;
  private final RandomGenerator random;
  private Duration next;

  /** Begins with a wait of {@code min}. */
  public Backoff(Duration min, Duration max, RandomGenerator random) {
    this.min = min;
    this.max = max;
    this.random = random;
    this.next = min;
  }

  /** The wait before the next try; the following wait will be longer. */
  public Duration next() {
    Duration wait = next.compareTo(max) < 0 ? next : max;
    next = wait.multipliedBy(2);
    return Duration.ofNanos((long) (wait.toNanos() * (1 - MAX_JITTER * random.nextDouble())));
  }

  /** A try has succeeded, so the next wait is the shortest again. */
  public void reset() {
    next = min;
  }
}
