package firstanswer.app;

import firstanswer.testing.Median;
import firstanswer.testing.NumberedNames.Worth;
import firstanswer.testing.OpenLoop.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** The figures of the tail benchmark as a Markdown table. */
final class TailTable {
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * One round of one target.
   *
   * @param upstreamQueries that its servers got
   */
  record Round(Outcome outcome, long upstreamQueries) {
    /** Latency that {@code percentile} percent of the queries do not exceed, in milliseconds. */
    double millis(double percentile) {
      return outcome.nanos().getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    double upstreamQueriesPerQuery() {
      return (double) upstreamQueries / outcome.nanos().getTotalCount();
    }

    double millisBehind() {
      return outcome.behindNanos() / NANOS_PER_MILLI;
    }

    int told(Worth worth) {
      return outcome.told().getOrDefault(worth, 0);
    }
  }

  private final Map<String, List<Round>> rounds;

  /** The rounds by the names of the targets. */
  TailTable(Map<String, List<Round>> rounds) {
    this.rounds = rounds;
  }

  void print() {
    System.out.println(
        "| asked | right | wrong | failed | lost | p50 ms | p90 ms | p99 ms | p99.9 ms | max ms"
            + " | p99 / single | p99 / good | upstream queries per query | client behind, ms |");
    System.out.println("|---|" + "--:|".repeat(13));
    rounds.keySet().forEach(name -> System.out.println(row(name)));
  }

  /** Counts are sums, all else medians. */
  private String row(String name) {
    List<Round> of = rounds.get(name);
    StringBuilder row = new StringBuilder("| ").append(name);
    for (Worth worth : Worth.values()) {
      row.append(" | ").append(of.stream().mapToInt(r -> r.told(worth)).sum());
    }
    row.append(" | ").append(of.stream().mapToInt(r -> r.outcome().lost()).sum());
    for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
      append(row, median(of, r -> r.millis(percentile)));
    }
    append(row, ratio(of, "single"));
    append(row, ratio(of, "good"));
    append(row, median(of, Round::upstreamQueriesPerQuery));
    append(row, of.stream().mapToDouble(Round::millisBehind).max().orElseThrow());
    return row.append(" |").toString();
  }

  private static void append(StringBuilder row, double value) {
    String format = Double.isNaN(value) ? " | " : value < 100 ? " | %.2f" : " | %.0f";
    row.append(String.format(Locale.ROOT, format, value));
  }

  /** The median of the ratios of p99 within each round; none if the other was not asked. */
  private double ratio(List<Round> of, String other) {
    List<Round> others = rounds.get(other);
    return others == null
        ? Double.NaN
        : Median.of(
            IntStream.range(0, of.size())
                .mapToDouble(i -> of.get(i).millis(99) / others.get(i).millis(99))
                .toArray());
  }

  private static double median(List<Round> of, ToDoubleFunction<Round> figure) {
    return Median.of(of.stream().mapToDouble(figure).toArray());
  }

  /** The latencies of the round whose p99 is the median. */
  Histogram medianRound(String name) {
    List<Round> of = new ArrayList<>(rounds.get(name));
    of.sort(Comparator.comparing(round -> round.millis(99)));
    return of.get(of.size() / 2).outcome().nanos();
  }
}
