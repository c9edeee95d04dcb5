package firstanswer.app;

import firstanswer.app.LatencyPlot.Line;
import firstanswer.app.LatencyPlot.Style;
import firstanswer.app.TailTable.Round;
import firstanswer.app.TailTargets.Target;
import firstanswer.testing.NumberedNames;
import firstanswer.testing.OpenLoop;
import firstanswer.testing.OpenLoop.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long the slowest queries take when one of two name servers is bad: a tenth of its answers
 * come 200 ms late, and 1 % never. Prints a table and draws a picture.
 *
 * <p>{@code mvn -q -DskipTests package exec:exec@tail}, and if need be {@code -Dtail.seconds=30} a
 * target and round, {@code -Dtail.rounds=3}, {@code -Dtail.only=good,single,race} and {@code
 * -Dtail.picture=src/docs/tail.svg}
 */
final class TailBenchmark {
  private static final int NAMES = 10_000;
  private static final int QUERIES_PER_SECOND = 2_000;
  private static final int SECONDS = Integer.getInteger("tail.seconds", 30);
  private static final int ROUNDS = Integer.getInteger("tail.rounds", 3);
  private static final String ONLY = System.getProperty("tail.only", "");
  private static final Path PICTURE =
      Path.of(System.getProperty("tail.picture", "src/docs/tail.svg"));

  private static final String TITLE = "The slowest queries, when one of two servers is bad";
  private static final String SUBTITLE =
      "Of the bad server's answers 10 % come 200 ms late, and 1 % never";
  private static final Map<String, Style> STYLES = styles();

  private TailBenchmark() {}

  private static Map<String, Style> styles() {
    Map<String, Style> styles = new LinkedHashMap<>();
    styles.put("single-bad", new Style("the bad server alone", "#d55e00", 2.5, "none"));
    styles.put("single", new Style("the good server alone", "#c4c4c4", 8, "none"));
    styles.put("race", new Style("both servers, policy race", "#0072b2", 2.5, "none"));
    styles.put("hedge", new Style("both servers, policy hedge", "#009e73", 2.5, "7 4"));
    return styles;
  }

  public static void main(String[] args) throws Exception {
    NumberedNames names = new NumberedNames(NAMES);
    Map<String, List<Round>> rounds = new LinkedHashMap<>();
    try (TailTargets targets = new TailTargets(names)) {
      List<Target> wanted =
          targets.start(ONLY.isEmpty() ? TailTargets.ALL : List.of(ONLY.split(",", -1)));
      wanted.forEach(target -> rounds.put(target.name(), new ArrayList<>()));
      for (int round = 0; round < ROUNDS; round++) {
        for (Target target : wanted) {
          rounds.get(target.name()).add(measure(target, names));
        }
        // Nobody should always come after the same one, or first.
        Collections.rotate(wanted, 1);
      }
    }
    System.out.printf(
        "%,d queries/s for %d s, %d rounds: sums of counts, medians of all else%n%n",
        QUERIES_PER_SECOND, SECONDS, ROUNDS);
    TailTable table = new TailTable(rounds);
    table.print();
    draw(rounds.keySet(), table);
  }

  /** Asks for every name once to warm up and to let it learn who has which, and then in earnest. */
  private static Round measure(Target target, NumberedNames names)
      throws IOException, InterruptedException {
    OpenLoop.run(target.port(), names, names.count(), QUERIES_PER_SECOND);
    long before = target.upstreamQueries();
    Outcome outcome =
        OpenLoop.run(target.port(), names, SECONDS * QUERIES_PER_SECOND, QUERIES_PER_SECOND);
    return new Round(outcome, target.upstreamQueries() - before);
  }

  /** Only all lines make a picture: a few would replace it by a lesser one. */
  private static void draw(Set<String> asked, TailTable table) throws IOException {
    if (!asked.containsAll(STYLES.keySet())) {
      System.out.printf("%nno picture, which is of %s%n", STYLES.keySet());
      return;
    }
    List<Line> lines =
        STYLES.entrySet().stream()
            .map(e -> new Line(e.getValue(), table.medianRound(e.getKey())))
            .toList();
    Files.writeString(PICTURE, new LatencyPlot(TITLE, SUBTITLE, lines).svg());
    System.out.printf("%nwritten: %s%n", PICTURE);
  }
}
