package firstanswer.testing.attack;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/** A client that asks steadily, one query at a time, and notes how long each answer takes. */
public final class Bystander implements Closeable {
  private static final Duration BETWEEN_QUERIES = Duration.ofMillis(10);

  /** Asks once; fails unless the answer is right. */
  public interface Query {
    void ask() throws Exception;
  }

  /** When a query was sent and answered, by {@link System#nanoTime}. */
  public record Wait(long sentNanos, long answeredNanos) {
    public Duration duration() {
      return Duration.ofNanos(answeredNanos - sentNanos);
    }
  }

  private final String name;
  private final Query query;
  private final Thread thread;
  private final List<Wait> waits = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private volatile boolean over;

  /** Begins to ask. */
  public Bystander(String name, Query query) {
    this.name = name;
    this.query = query;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!over) {
      long sent = System.nanoTime();
      try {
        query.ask();
      } catch (Exception | AssertionError e) {
        failures.add(e);
        return;
      }
      waits.add(new Wait(sent, System.nanoTime()));
      LockSupport.parkNanos(BETWEEN_QUERIES.toNanos());
    }
  }

  /** How long the answers took, once this is closed. */
  public List<Wait> waits() {
    return waits;
  }

  /** Why it gave up early, if it did, once this is closed. */
  public List<Throwable> failures() {
    return failures;
  }

  @Override
  public String toString() {
    Histogram histogram = new Histogram(3);
    waits.stream()
        .flatMapToLong(wait -> LongStream.of(wait.duration().toNanos() / 1000))
        .forEach(histogram::recordValue);
    return "%s: %d queries, p50 %.1f ms, p90 %.1f, p99 %.1f, max %.1f"
        .formatted(
            name,
            waits.size(),
            histogram.getValueAtPercentile(50) / 1000.0,
            histogram.getValueAtPercentile(90) / 1000.0,
            histogram.getValueAtPercentile(99) / 1000.0,
            histogram.getMaxValue() / 1000.0);
  }

  /** Stops after the present query. */
  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
