package firstanswer.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How long a server mostly takes: a percentile of what it took lately. What was measured before it
 * was silent for a while says nothing any more.
 */
final class Latency {
  private static final int MAX_SAMPLES = 128;

  /** Sorting is not for every query. */
  private static final int SAMPLES_BETWEEN = 16;

  private static final Duration MEMORY = Duration.ofSeconds(10);

  /** Worse than any measured. */
  private static final Duration UNKNOWN = Duration.ofDays(1);

  private final int percentile;
  private final long[] nanos = new long[MAX_SAMPLES];
  private int count;
  private int next;
  private int sinceSorted;
  private boolean known;
  private long lastHeard;
  private boolean everTried;
  private long lastTried;
  private Optional<Duration> value = Optional.empty();

  Latency(int percentile) {
    this.percentile = percentile;
  }

  void tried(long now) {
    everTried = true;
    lastTried = now;
  }

  void add(Duration took, long now) {
    if (known && now - lastHeard > MEMORY.toNanos()) {
      count = 0;
      next = 0;
    }
    known = true;
    lastHeard = now;
    nanos[next] = took.toNanos();
    next = (next + 1) % MAX_SAMPLES;
    count = Math.min(count + 1, MAX_SAMPLES);
    if (count <= SAMPLES_BETWEEN || ++sinceSorted >= SAMPLES_BETWEEN) {
      sinceSorted = 0;
      value = Optional.of(Duration.ofNanos(atPercentile()));
    }
  }

  private long atPercentile() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(count * percentile + 99) / 100 - 1];
  }

  Optional<Duration> percentile() {
    return value;
  }

  /** Nothing, if it is time to see for oneself. */
  Duration expected(long now) {
    boolean stale = !known || now - lastHeard > MEMORY.toNanos();
    boolean untried = !everTried || now - lastTried > MEMORY.toNanos();
    return stale && untried ? Duration.ZERO : value.orElse(UNKNOWN);
  }
}
