package firstanswer.race;

import firstanswer.race.Figures.Waits;
import firstanswer.race.Scenarios.Size;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Prints how the policies affect clients and servers, next to published figures.
 *
 * <p>{@code mvn -q -DskipTests package exec:exec@simulation}
 */
final class SimulationReport {
  private static final long SEED = 1;
  private static final Size SIZE = new Size(40_000, SEED);
  private static final Size THRESHOLD_SIZE = new Size(100_000, SEED);
  private static final Size READS_SIZE = new Size(1_000_000, SEED);
  private static final List<Integer> COUNTS = List.of(2, 4, 8, 16);
  private static final ServiceTime EXPONENTIAL = ServiceTime.exponential(Scenarios.WORK);
  private static final ServiceTime PARETO = ServiceTime.pareto(Scenarios.WORK, Scenarios.ALPHA);

  private SimulationReport() {}

  public static void main(String[] args) {
    System.out.println("Seed " + SEED + ", JDK " + Runtime.version().feature());
    replicas("Exponential work", EXPONENTIAL, List.of(0.1, 0.3, 0.5, 0.7));
    replicas("Heavy-tailed work (Pareto, alpha 2.1)", PARETO, List.of(0.1, 0.3));
    network();
    thresholds();
    reads();
    split();
    oneSilent();
  }

  private static void replicas(String title, ServiceTime work, List<Double> utilisations) {
    head(title, "servers | utilisation | policy", "mean | p50 | p99 | p99.9 | max", "per query");
    for (int count : COUNTS) {
      for (double utilisation : utilisations) {
        for (SimulatedPolicy policy : SimulatedPolicy.values()) {
          Figures figures = Scenarios.replicas(count, utilisation, work, SIZE).run(policy);
          print("| %d | %.1f | %s |%s", count, utilisation, word(policy), all(figures));
        }
      }
    }
  }

  private static void network() {
    head("Behind a network", "servers | policy", "mean | p50 | p99 | p99.9 | max", "per query");
    for (int count : COUNTS) {
      for (SimulatedPolicy policy : SimulatedPolicy.values()) {
        Figures figures = Scenarios.network(count, SIZE).run(policy);
        print("| %d | %s |%s", count, word(policy), all(figures));
      }
    }
  }

  private static void head(String title, String keys, String waits, String attempts) {
    print("%n%s%n", title);
    String row = "| " + keys + " | " + waits + " | " + attempts + " | busiest | failed |";
    print("%s%n%s", row, row.replaceAll("[^|]+", "---"));
  }

  private static String all(Figures figures) {
    return waits(figures.positive()) + load(figures);
  }

  private static String waits(Waits waits) {
    return text(
        " %.1f | %.1f | %.0f | %.0f | %.0f |",
        waits.mean(), waits.p50(), waits.p99(), waits.p999(), waits.max());
  }

  private static String load(Figures figures) {
    double queries = figures.positive().count() + figures.negative().count() + figures.failed();
    return text(
        " %.2f | %.0f %% | %.1f %% |",
        figures.attempts(), 100 * figures.busiest(), 100 * figures.failed() / queries);
  }

  private static void thresholds() {
    print("%nThe utilisation above which two attempts are worse than one%n");
    print("| work | mean, pairs of 16 | p99, pairs of 16 | mean, the same two |");
    print("|---|---|---|---|");
    Map<String, ServiceTime> works = new TreeMap<>();
    works.put("constant", ServiceTime.constant(Scenarios.WORK));
    works.put("exponential", EXPONENTIAL);
    works.put("log-normal, sigma 1", ServiceTime.logNormal(Scenarios.WORK, 1));
    works.put("Pareto, alpha 2.1", PARETO);
    works.forEach(
        (name, work) ->
            print(
                "| %s | %.1f %% | %.1f %% | %.1f %% |",
                name,
                100 * threshold(work, Waits::mean),
                100 * threshold(work, Waits::p99),
                100
                    * Threshold.of(
                        u -> Scenarios.replicas(2, u, work, THRESHOLD_SIZE), Waits::mean)));
  }

  private static double threshold(ServiceTime work, ToDoubleFunction<Waits> figure) {
    return Threshold.of(u -> Scenarios.pairs(u, work, THRESHOLD_SIZE), figure);
  }

  private static void reads() {
    print("%nReads as in The Tail at Scale%n");
    print("| policy | p99.9 of the slowest of 100 | p99.9 of one | mean | attempts per read |");
    print("|---|---|---|---|---|");
    for (SimulatedPolicy policy : SimulatedPolicy.values()) {
      Figures figures = Scenarios.reads(READS_SIZE).run(policy);
      Waits reads = figures.positive();
      print(
          "| %s | %.0f | %.0f | %.1f | %.3f |",
          word(policy), reads.p99999(), reads.p999(), reads.mean(), figures.attempts());
    }
  }

  private static void split() {
    print("%nNames split%n");
    print("| servers | policy | mean | p99 | per query | not found | wrong |");
    print("|---|---|---|---|---|---|---|");
    for (int count : COUNTS) {
      for (SimulatedPolicy policy : SimulatedPolicy.values()) {
        Figures figures = Scenarios.split(count, SIZE).run(policy);
        Waits found = figures.positive();
        print(
            "| %d | %s | %.1f | %.0f | %.2f | %d | %d |",
            count,
            word(policy),
            found.mean(),
            found.p99(),
            figures.attempts(),
            figures.failed(),
            figures.wrong());
      }
    }
  }

  private static void oneSilent() {
    print("%nOne server silent%n");
    print("| servers | policy | mean yes | p99.9 yes | mean no | max no | per query | failed |");
    print("|---|---|---|---|---|---|---|---|");
    for (int count : COUNTS) {
      for (SimulatedPolicy policy : SimulatedPolicy.values()) {
        Figures figures = Scenarios.oneSilent(count, SIZE).run(policy);
        print(
            "| %d | %s | %.1f | %.0f | %.1f | %.0f | %.2f | %d |",
            count,
            word(policy),
            figures.positive().mean(),
            figures.positive().p999(),
            figures.negative().mean(),
            figures.negative().max(),
            figures.attempts(),
            figures.failed());
      }
    }
  }

  private static String word(SimulatedPolicy policy) {
    return policy.name().toLowerCase(Locale.ROOT);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static void print(String format, Object... values) {
    System.out.println(text(format, values));
  }
}
