package firstanswer.upstream.health;

import java.time.Duration;

/** The longest time that a server has taken to answer lately: in the last 10 to 20 seconds. */
final class SlowestAnswer {
  private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

  private boolean begun;
  private long periodBegan;
  private long inPeriod;
  private long inPeriodBefore;

  void add(long tookNanos, long nowNanos) {
    long periods = begun ? (nowNanos - periodBegan) / PERIOD_NANOS : Long.MAX_VALUE;
    if (periods > 0) {
      inPeriodBefore = periods == 1 ? inPeriod : 0;
      inPeriod = 0;
      periodBegan = nowNanos;
      begun = true;
    }
    inPeriod = Math.max(inPeriod, tookNanos);
  }

  /** The longest time, in nanoseconds; zero if nothing is known. */
  long nanos() {
    return Math.max(inPeriod, inPeriodBefore);
  }
}
