package firstanswer.testing.chaos;

import java.io.Closeable;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Knows when this process stood still, because others had the machine, or it collected garbage:
 * then what looks like a late answer may be a late look at the clock. It sleeps for 5 ms at a time,
 * and notes when it wakes more than 5 ms late.
 */
final class Metronome implements Closeable {
  private static final long TICK_MILLIS = 5;
  private static final long LATE_NANOS = Duration.ofMillis(5).toNanos();

  /** From when it was to wake to when it did. */
  private record Stall(long beginNanos, long endNanos) {
    long within(long fromNanos, long toNanos) {
      return Math.max(0, Math.min(endNanos, toNanos) - Math.max(beginNanos, fromNanos));
    }
  }

  private final Queue<Stall> stalls = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::tick, "metronome");

  /** Ticks from now on. */
  Metronome() {
    thread.setDaemon(true);
    thread.start();
  }

  private void tick() {
    long last = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(TICK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      long due = last + Duration.ofMillis(TICK_MILLIS).toNanos();
      if (now - due > LATE_NANOS) {
        stalls.add(new Stall(due, now));
      }
      last = now;
    }
  }

  /**
   * For how long in all, in ns, it slept too long between these two times of {@link
   * System#nanoTime}.
   */
  long nanos(long from, long to) {
    return stalls.stream().mapToLong(stall -> stall.within(from, to)).sum();
  }

  @Override
  public String toString() {
    long longest = stalls.stream().mapToLong(s -> s.endNanos() - s.beginNanos()).max().orElse(0);
    return "%d stalls of this process, the longest %d ms"
        .formatted(stalls.size(), Duration.ofNanos(longest).toMillis());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
