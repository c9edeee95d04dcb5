package firstanswer.compare;

import firstanswer.testing.Forwarder;
import firstanswer.testing.NumberedNames;
import firstanswer.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The load balancer beside the forwarders that people run, all in front of the same name servers.
 * Prints tables; writes them and a picture to {@code src/docs}.
 *
 * <p>{@code mvn -q -DskipTests package exec:exec@compare}, and if need be {@code
 * -Dcompare.seconds=5} for each measurement, {@code -Dcompare.rounds=5}, and {@code
 * -Dcompare.folder=src/docs} for the files.
 */
final class CompareBenchmark {
  private static final int NAMES = 10_000;
  private static final int SECONDS = Integer.getInteger("compare.seconds", 5);
  private static final int ROUNDS = Integer.getInteger("compare.rounds", 5);
  private static final Path FOLDER = Path.of(System.getProperty("compare.folder", "src/docs"));
  private static final int STEADY = 5_000;
  private static final int IDLE_SECONDS = 10;
  private static final int WARM_UPS = 3;

  private CompareBenchmark() {}

  public static void main(String[] args) throws Exception {
    if (!Tool.installed("nsd", "dnsperf")) {
      System.err.println("needs nsd and dnsperf");
      System.exit(1);
    }
    NumberedNames names = new NumberedNames(NAMES);
    StringBuilder report = new StringBuilder(header());
    try (Contenders contenders = new Contenders(names)) {
      Load load = new Load(names, contenders.folder(), SECONDS);
      int first = contenders.nameServer(number -> true);
      int second = contenders.nameServer(number -> true);
      List<Contender> all = contenders.startAll(first, second);
      warmUp(all, load);
      List<Comparison> replicas = new ArrayList<>();
      replicas.add(Comparison.run("UDP, as many queries as possible", ROUNDS, all, load::most));
      replicas.add(
          Comparison.run(
              "UDP, 5,000 queries/s", ROUNDS, all, forwarder -> load.steady(forwarder, STEADY)));
      replicas.add(
          Comparison.run(
              "TCP, as many queries as possible",
              ROUNDS,
              all,
              forwarder -> load.most(forwarder, "-m", "tcp")));
      report.append("## Two servers with the same names\n\n");
      double floor = Floor.raceMicros();
      report.append(
          String.format(
              Locale.ROOT,
              "The system alone takes %.1f µs for the datagrams of a race: three sent, three"
                  + " received.%n%n",
              floor));
      replicas.forEach(comparison -> report.append(comparison.table()).append('\n'));
      report.append("![Processor time of a query](performance.svg)\n\n");
      report.append(processes(all));
      all = contenders.startAll(half(contenders, 0), half(contenders, 1));
      warmUp(all, load);
      report.append("## Two servers with half of the names each\n\n");
      report.append(
          Comparison.run(
                  "UDP, 5,000 queries/s", ROUNDS, all, forwarder -> load.steady(forwarder, STEADY))
              .table());
      Files.writeString(
          FOLDER.resolve("performance.svg"),
          new BarChart(
                  "Processor time of a query",
                  "Two name servers with the same names, caches off; medians of "
                      + ROUNDS
                      + " interleaved rounds",
                  replicas,
                  floor)
              .svg());
    }
    System.out.print(report);
    Files.writeString(FOLDER.resolve("performance.md"), report);
  }

  /** Java compiles while it runs. */
  private static void warmUp(List<Contender> all, Load load)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      for (Contender each : all) {
        load.most(each);
      }
    }
  }

  private static int half(Contenders contenders, int remainder)
      throws IOException, InterruptedException {
    return contenders.nameServer(number -> number % 2 == remainder);
  }

  private static String header() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("firstanswer-versions");
    List<String> versions = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Forwarder other : Contenders.OTHERS) {
      if (Tool.installed(other.program())) {
        versions.add(other.program() + " " + other.version(folder));
      } else {
        missing.add(other.program());
      }
    }
    return """
    # Performance

    `mvn -q -DskipTests package exec:exec@compare` writes this page. It measures firstanswer, started by its launcher,
    beside %s%s.

    Caches are off. The figures are medians of %d rounds of %d s, each with all forwarders in turn. JDK %s, %d
    processors, %s.

    `race`, dnsmasq and smartdns ask both servers; `hedge` and dnsdist ask one. A sleep is a voluntary context switch.
    A query without the right answer counts as one that waits for 5 s.

    """
        .formatted(
            String.join(", ", versions),
            missing.isEmpty() ? "" : " (not installed: " + String.join(", ", missing) + ")",
            ROUNDS,
            SECONDS,
            Runtime.version().feature(),
            Runtime.getRuntime().availableProcessors(),
            LocalDate.now(ZoneOffset.UTC));
  }

  /** Memory after the load, the time of the start, and how often an idle process wakes. */
  private static String processes(List<Contender> all) throws IOException, InterruptedException {
    List<Cost> before = new ArrayList<>();
    for (Contender each : all) {
      before.add(Cost.of(each.pid()));
    }
    Thread.sleep(IDLE_SECONDS * 1000L);
    StringBuilder table =
        new StringBuilder(
                "| process | resident MB | start to first answer, s | sleeps/s when idle |\n")
            .append("|---|--:|--:|--:|\n");
    for (int i = 0; i < all.size(); i++) {
      Cost after = Cost.of(all.get(i).pid());
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.2f | %.1f |%n",
              all.get(i).name(),
              after.residentBytes() / 1e6,
              all.get(i).startMillis() / 1e3,
              (after.sleeps() - before.get(i).sleeps()) / (double) IDLE_SECONDS));
    }
    return table.append('\n').toString();
  }
}
