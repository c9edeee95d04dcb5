package firstanswer.testing.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * By how much others slow a process down: how long its threads were ready to run and had no
 * processor, for each moment that they had one, as the kernel counts both in {@code
 * /proc/PID/task/TID/schedstat}. It is read 20 times a second.
 */
public final class CpuWait implements Closeable {
  private static final Duration BETWEEN_READINGS = Duration.ofMillis(50);

  /** The time of all threads of a process, or of one thread. */
  private record Spent(long runningNanos, long waitingNanos) {
    Spent plus(Spent other) {
      return new Spent(runningNanos + other.runningNanos, waitingNanos + other.waitingNanos);
    }
  }

  private static final Spent NOTHING = new Spent(0, 0);

  private final Path tasks;

  /** Those that have ended, too. */
  private final Map<Path, Spent> byThread = new HashMap<>();

  /** By the time of the reading. */
  private final NavigableMap<Long, Spent> readings = new ConcurrentSkipListMap<>();

  private final Thread thread = new Thread(this::read, "cpu-wait");

  /** Of the process {@code pid}, from now on. */
  public CpuWait(long pid) {
    tasks = Path.of("/proc", String.valueOf(pid), "task");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        for (Path task : tasks()) {
          spent(task).ifPresent(spent -> byThread.put(task, spent));
        }
        readings.put(System.nanoTime(), byThread.values().stream().reduce(NOTHING, Spent::plus));
        Thread.sleep(BETWEEN_READINGS.toMillis());
      } catch (IOException | InterruptedException e) {
        return;
      }
    }
  }

  private List<Path> tasks() throws IOException {
    try (Stream<Path> entries = Files.list(tasks)) {
      return entries.toList();
    }
  }

  private static Optional<Spent> spent(Path task) {
    try {
      String[] fields = Files.readString(task.resolve("schedstat")).split(" ", -1);
      return Optional.of(new Spent(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
    } catch (IOException e) {
      // Ended meanwhile.
      return Optional.empty();
    }
  }

  /** Between these two times of {@link System#nanoTime}: 0 is not at all, 1 to half its speed. */
  double slowdown(long from, long to) {
    Map.Entry<Long, Spent> begin = readings.floorEntry(from);
    Map.Entry<Long, Spent> end = readings.ceilingEntry(to);
    if (begin == null) {
      return 0;
    }
    Spent before = begin.getValue();
    Spent after = (end == null ? readings.lastEntry() : end).getValue();
    long running = after.runningNanos() - before.runningNanos();
    return running == 0 ? 0 : (double) (after.waitingNanos() - before.waitingNanos()) / running;
  }

  /** In all. */
  double slowdown() {
    return slowdown(readings.firstKey(), readings.lastKey());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
