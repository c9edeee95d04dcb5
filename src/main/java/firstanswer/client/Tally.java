package firstanswer.client;

import firstanswer.client.Result.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts the results of a batch. Only one thread at a time may use a tally. */
public final class Tally {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final int MAX_NAMED = 3;

  private long startNanos;
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final Histogram latencyMicros = new Histogram(SIGNIFICANT_DIGITS);
  private final StringJoiner firstLost = new StringJoiner(", ");
  private String whyLost = "";
  private long names;

  /** Starts the clock. */
  void start() {
    startNanos = System.nanoTime();
  }

  void add(Result result) {
    names++;
    counts.merge(result.outcome(), 1L, Long::sum);
    if (result.outcome() == Outcome.ANSWERED) {
      latencyMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(result.latencyNanos()));
    }
    if (result.outcome() == Outcome.LOST) {
      whyLost = result.text();
      if (count(Outcome.LOST) <= MAX_NAMED) {
        firstLost.add(result.name());
      }
    }
  }

  private long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** The number of results so far. */
  public long names() {
    return names;
  }

  /** Whether every name got an address. */
  public boolean allAnswered() {
    return count(Outcome.ANSWERED) == names;
  }

  /** Whether the server could not be reached, or was lost during the batch. */
  public boolean serverLost() {
    return count(Outcome.LOST) > 0;
  }

  /** The lines for the user at the end: counts, speed, and the latency of the answers. */
  public String summary() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    StringJoiner parts = new StringJoiner(", ");
    for (Outcome outcome : Outcome.values()) {
      boolean always = outcome != Outcome.NOT_FOUND && outcome != Outcome.LOST;
      if (always || count(outcome) > 0) {
        parts.add(outcome.count(count(outcome)));
      }
    }
    double seconds = Math.max(elapsed.toNanos() / 1e9, 1e-9);
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %s; %.2f s, %s/s",
            Quantity.of(names, "name"),
            parts,
            seconds,
            Quantity.of(Math.round(names / seconds), "name")));
    if (count(Outcome.ANSWERED) > 0) {
      lines.add(latencyLine());
    }
    if (serverLost()) {
      lines.add(lostLine());
    }
    return lines.toString();
  }

  private String latencyLine() {
    return String.format(
        Locale.ROOT,
        "latency of answers in ms, in their order: p50 %.2f, p90 %.2f, p99 %.2f, max %.2f",
        latencyMicros.getValueAtPercentile(50) / 1e3,
        latencyMicros.getValueAtPercentile(90) / 1e3,
        latencyMicros.getValueAtPercentile(99) / 1e3,
        latencyMicros.getMaxValue() / 1e3);
  }

  private String lostLine() {
    long more = count(Outcome.LOST) - Math.min(MAX_NAMED, count(Outcome.LOST));
    return "server lost: "
        + whyLost
        + "; not answered: "
        + firstLost
        + (more > 0 ? " and " + more + " more" : "");
  }
}
