package firstanswer.app;

import firstanswer.app.VerdictMatrix.Case;
import firstanswer.app.VerdictMatrix.Told;
import firstanswer.testing.Forwarder;
import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import firstanswer.testing.ScriptedNameServer.Script;
import firstanswer.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * Prints the matrix of verdicts for the packaged jar and for the forwarders that are installed.
 *
 * <p>{@code mvn -q -DskipTests package exec:exec@matrix}
 */
final class MatrixReport {
  private final Path folder;
  private final ScriptedNameServer[] servers;

  private MatrixReport(Path folder, ScriptedNameServer... servers) {
    this.folder = folder;
    this.servers = servers;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("firstanswer-matrix");
    try (ScriptedNameServer first = new ScriptedNameServer(0);
        ScriptedNameServer second = new ScriptedNameServer(1);
        ScriptedNameServer third = new ScriptedNameServer(2)) {
      Map<String, Map<Case, Told>> pairs =
          new MatrixReport(folder, first, second).ofAll(VerdictMatrix.pairs());
      Map<String, Map<Case, Told>> triples =
          new MatrixReport(folder, first, second, third).ofAll(VerdictMatrix.triples());
      printSummary("pairs", pairs);
      printSummary("triples", triples);
      printTable(pairs);
    }
    Arrays.stream(Forwarder.values())
        .filter(forwarder -> !Tool.installed(forwarder.program()))
        .forEach(forwarder -> System.out.println("Not installed: " + forwarder.program()));
  }

  /** The outcomes of each program, by its name and version. */
  private Map<String, Map<Case, Told>> ofAll(List<Case> cases) throws Exception {
    Map<String, Map<Case, Told>> columns = new LinkedHashMap<>();
    columns.put("firstanswer " + version(), ofFirstanswer(cases));
    for (Forwarder forwarder : Forwarder.values()) {
      if (Tool.installed(forwarder.program())) {
        columns.put(forwarder.program() + " " + forwarder.version(folder), of(forwarder, cases));
      }
    }
    return columns;
  }

  private String version() throws IOException {
    try (Jar jar = Jar.start(folder, "--version")) {
      return jar.output().get(0).replaceFirst(".* ", "");
    }
  }

  private Map<Case, Told> ofFirstanswer(List<Case> cases) throws Exception {
    String[] upstreams =
        Arrays.stream(servers)
            .map(server -> "dns://127.0.0.1:" + server.port())
            .toArray(String[]::new);
    try (Jar jar = Jar.loadBalancer(folder, upstreams)) {
      return askWarm(jar.ready().get("ls.dns"), cases);
    }
  }

  private Map<Case, Told> of(Forwarder forwarder, List<Case> cases) throws Exception {
    int[] ports = Arrays.stream(servers).mapToInt(ScriptedNameServer::port).toArray();
    try (Forwarder.Running running = forwarder.start(folder, ports)) {
      return askWarm(running.port(), cases);
    }
  }

  /** The third time counts: nobody's first answers tell how quick they are. */
  private static Map<Case, Told> askWarm(int port, List<Case> cases) throws Exception {
    VerdictMatrix.ask(port, cases, 1);
    VerdictMatrix.ask(port, cases, 2);
    return VerdictMatrix.ask(port, cases, 3);
  }

  private static void printSummary(String what, Map<String, Map<Case, Told>> columns) {
    System.out.println("| " + what + " | wrong | positive lost | false nxdomain | no answer |");
    System.out.println("|---|---|---|---|---|");
    columns.forEach(
        (program, outcomes) ->
            System.out.printf(
                "| %s | %d of %d | %d | %d | %d |%n",
                program,
                wrong(outcomes, "", ""),
                outcomes.size(),
                wrong(outcomes, "positive", ""),
                wrong(outcomes, "", "nxdomain"),
                wrong(outcomes, "", "no answer")));
    columns.forEach(MatrixReport::printWaits);
    System.out.println();
  }

  /** Wrong outcomes of those that should be {@code right} and are {@code told}; empty is any. */
  private static long wrong(Map<Case, Told> outcomes, String right, String told) {
    return outcomes.entrySet().stream()
        .filter(e -> !e.getValue().outcome().equals(e.getKey().verdict()))
        .filter(e -> right.isEmpty() || e.getKey().verdict().equals(right))
        .filter(e -> told.isEmpty() || e.getValue().outcome().equals(told))
        .count();
  }

  private static void printWaits(String program, Map<Case, Told> outcomes) {
    LongSummaryStatistics waits =
        outcomes.entrySet().stream()
            .filter(e -> e.getValue().outcome().equals("positive"))
            .mapToLong(e -> e.getValue().millis() - arrivalMillis(e.getKey()))
            .summaryStatistics();
    System.out.printf(
        "%s: positive answers left %.1f ms after they arrived, at the most %d ms%n",
        program, waits.getAverage(), waits.getMax());
  }

  private static long arrivalMillis(Case each) {
    return (long) each.said().indexOf(Script.POSITIVE) * VerdictMatrix.LATER_MILLIS;
  }

  private static void printTable(Map<String, Map<Case, Told>> columns) {
    System.out.println(
        "| first to answer | then | should be | " + String.join(" | ", columns.keySet()) + " |");
    System.out.println("|---|---|---|" + "---|".repeat(columns.size()));
    VerdictMatrix.pairs().stream()
        .filter(each -> each.equals(each.inOrder()))
        .forEach(each -> System.out.println(row(each, columns)));
  }

  /** The outcome of each order of the servers, if they differ. */
  private static String row(Case each, Map<String, Map<Case, Told>> columns) {
    List<String> cells = new ArrayList<>();
    each.said().forEach(script -> cells.add(VerdictMatrix.word(script)));
    cells.add(each.verdict());
    for (Map<Case, Told> outcomes : columns.values()) {
      String one = outcomes.get(each).outcome();
      String other = outcomes.get(new Case(each.said(), List.of(1, 0))).outcome();
      String told = one.equals(other) ? one : one + " or " + other;
      cells.add(told.equals(each.verdict()) ? told : "**" + told + "**");
    }
    return "| " + String.join(" | ", cells) + " |";
  }
}
