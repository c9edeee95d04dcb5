package firstanswer.testing.chaos;

import java.io.Closeable;
import java.time.Duration;

/**
 * How much later than its deadline an answer may be: 100 ms, if the machine is ours alone. If
 * others use it, too, the work of 100 ms takes the balancer longer, by as much as it is slowed
 * down; and for as long as this process stood still, it could not see an answer that was there.
 */
public final class Patience implements Closeable {
  static final long GRACE_NANOS = Duration.ofMillis(100).toNanos();

  private final Metronome metronome = new Metronome();
  private final CpuWait cpuWait;

  /** With the balancer that is the process {@code pid}. */
  public Patience(long pid) {
    cpuWait = new CpuWait(pid);
  }

  /** For a query that was sent and answered at these times of {@link System#nanoTime}. */
  long nanos(long sent, long received) {
    double slowed = GRACE_NANOS * (1 + cpuWait.slowdown(sent, received));
    return (long) slowed + metronome.nanos(sent, received);
  }

  /**
   * How long something may take between these two times of {@link System#nanoTime}, if it may take
   * {@code usual} on a machine that is ours alone.
   */
  public Duration stretched(Duration usual, long from, long to) {
    double slowed = usual.toNanos() * (1 + cpuWait.slowdown(from, to));
    return Duration.ofNanos((long) slowed + metronome.nanos(from, to));
  }

  @Override
  public String toString() {
    return "%s; the balancer slowed down by %.1f".formatted(metronome, cpuWait.slowdown());
  }

  @Override
  public void close() {
    metronome.close();
    cpuWait.close();
  }
}
