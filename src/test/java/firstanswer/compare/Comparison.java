package firstanswer.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same load for several forwarders, in turn, several times. */
final class Comparison {
  /** Measures one forwarder. */
  @FunctionalInterface
  interface Measurement {
    Figures measure(Contender forwarder) throws IOException, InterruptedException;
  }

  private final String title;
  private final Map<String, List<Figures>> rounds = new LinkedHashMap<>();

  private Comparison(String title) {
    this.title = title;
  }

  /** Measures {@code all} in {@code count} rounds, after one that does not count. */
  static Comparison run(String title, int count, List<Contender> all, Measurement measurement)
      throws IOException, InterruptedException {
    Comparison comparison = new Comparison(title);
    List<Contender> order = new ArrayList<>(all);
    all.forEach(each -> comparison.rounds.put(each.name(), new ArrayList<>()));
    for (int round = 0; round <= count; round++) {
      for (Contender each : order) {
        Figures figures = measurement.measure(each);
        if (round > 0) {
          comparison.rounds.get(each.name()).add(figures);
        }
      }
      // Nobody should always come after the same one, or first.
      Collections.rotate(order, 1);
    }
    return comparison;
  }

  String title() {
    return title;
  }

  /** The medians of each forwarder, by its name. */
  Map<String, Figures> medians() {
    Map<String, Figures> medians = new LinkedHashMap<>();
    rounds.forEach((name, figures) -> medians.put(name, Figures.medians(figures)));
    return medians;
  }

  /** A table in Markdown. */
  String table() {
    StringBuilder table =
        new StringBuilder("| " + title + " | queries/s | CPU µs per query (lowest to highest) |")
            .append(" sleeps per query | p50 ms | p99 ms | p99.9 ms | lost | wrong |\n")
            .append("|---|" + "--:|".repeat(8) + "\n");
    rounds.forEach((name, figures) -> table.append(row(name, figures)));
    return table.toString();
  }

  private static String row(String name, List<Figures> figures) {
    Figures median = Figures.medians(figures);
    double[] spread = Figures.spread(figures);
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.1f (%.1f to %.1f) | %.2f | %s | %s | %s | %.0f | %s |%n",
        name,
        median.perSecond(),
        median.cpuMicros(),
        spread[0],
        spread[1],
        median.sleeps(),
        optional("%.2f", median.p50()),
        optional("%.2f", median.p99()),
        optional("%.2f", median.p999()),
        median.lost(),
        optional("%,.0f", median.wrong()));
  }

  private static String optional(String format, double figure) {
    return Double.isNaN(figure) ? "" : String.format(Locale.ROOT, format, figure);
  }
}
