package firstanswer.race;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The recent times of one server. A percentile is the time after which waiting longer makes little
 * sense. The mean is the time to expect, because rare long delays raise it, too. Times before a
 * long silence of the server no longer count.
 */
public final class Latency {
  private static final int MAX_SAMPLES = 128;

  /** The samples between two sorts; a sort for every query would cost too much. */
  private static final int SAMPLES_BETWEEN = 16;

  private static final Duration MEMORY = Duration.ofSeconds(10);

  /** A time longer than any measured time. */
  private static final Duration UNKNOWN = Duration.ofHours(1);

  private final int percentile;
  private final long[] nanos = new long[MAX_SAMPLES];
  private int count;
  private int next;
  private int sinceSorted;
  private boolean known;
  private long lastHeard;
  private boolean everTried;
  private long lastTried;
  private Optional<Duration> atPercentile = Optional.empty();
  private long sumNanos;

  public Latency(int percentile) {
    this.percentile = percentile;
  }

  public void tried(long now) {
    everTried = true;
    lastTried = now;
  }

  public void add(Duration took, long now) {
    if (known && now - lastHeard > MEMORY.toNanos()) {
      count = 0;
      next = 0;
      sumNanos = 0;
    }
    known = true;
    lastHeard = now;
    sumNanos += took.toNanos() - (count == MAX_SAMPLES ? nanos[next] : 0);
    nanos[next] = took.toNanos();
    next = (next + 1) % MAX_SAMPLES;
    count = Math.min(count + 1, MAX_SAMPLES);
    if (count <= SAMPLES_BETWEEN || ++sinceSorted >= SAMPLES_BETWEEN) {
      sinceSorted = 0;
      atPercentile = Optional.of(Duration.ofNanos(sortedAtPercentile()));
    }
  }

  private long sortedAtPercentile() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(count * percentile + 99) / 100 - 1];
  }

  public Optional<Duration> percentile() {
    return atPercentile;
  }

  /** The mean; zero if the server was neither heard nor tried for a while. */
  public Duration expected(long now) {
    boolean stale = !known || now - lastHeard > MEMORY.toNanos();
    boolean untried = !everTried || now - lastTried > MEMORY.toNanos();
    if (stale && untried) {
      return Duration.ZERO;
    }
    return known ? Duration.ofNanos(sumNanos / count) : UNKNOWN;
  }
}
