package firstanswer.app;

import firstanswer.app.VerdictMatrix.Case;
import firstanswer.app.VerdictMatrix.Told;
import firstanswer.testing.Dnsmasq;
import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import firstanswer.testing.ScriptedNameServer.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * Prints the matrix of verdicts for the packaged jar and for {@code dnsmasq --all-servers}.
 *
 * <p>{@code mvn -q -DskipTests package exec:exec@matrix}
 */
final class MatrixReport {
  private MatrixReport() {}

  public static void main(String[] args) throws Exception {
    Map<String, Map<Case, Told>> columns = new LinkedHashMap<>();
    try (ScriptedNameServer first = new ScriptedNameServer(0);
        ScriptedNameServer second = new ScriptedNameServer(1)) {
      columns.put("firstanswer", ofFirstanswer(first.port(), second.port()));
      columns.put("dnsmasq", ofDnsmasq(first.port(), second.port()));
    }
    print(columns);
  }

  private static Map<Case, Told> ofFirstanswer(int first, int second) throws Exception {
    Path folder = Files.createTempDirectory("firstanswer-matrix");
    try (Jar jar =
        Jar.loadBalancer(folder, "dns://127.0.0.1:" + first, "dns://127.0.0.1:" + second)) {
      return askWarm(jar.ready().get("ls.dns"));
    }
  }

  private static Map<Case, Told> ofDnsmasq(int first, int second) throws Exception {
    try (Dnsmasq dnsmasq = Dnsmasq.start(first, second)) {
      return askWarm(dnsmasq.port());
    }
  }

  /** The third time counts: nobody's first answers tell how quick they are. */
  private static Map<Case, Told> askWarm(int port) throws IOException {
    VerdictMatrix.ask(port);
    VerdictMatrix.ask(port);
    return VerdictMatrix.ask(port);
  }

  private static void print(Map<String, Map<Case, Told>> columns) {
    System.out.println(
        "| first to answer | then | should be | " + String.join(" | ", columns.keySet()) + " |");
    System.out.println("|---|---|---|" + "---|".repeat(columns.size()));
    for (Case each : VerdictMatrix.cases()) {
      if (!each.swapped()) {
        System.out.println(row(each, columns));
      }
    }
    columns.forEach(
        (who, outcomes) -> {
          long wrong =
              outcomes.entrySet().stream()
                  .filter(e -> !e.getValue().outcome().equals(e.getKey().verdict()))
                  .count();
          System.out.println(who + ": " + wrong + " of " + outcomes.size() + " wrong");
          LongSummaryStatistics waits =
              outcomes.entrySet().stream()
                  .filter(e -> e.getValue().outcome().equals("positive"))
                  .mapToLong(e -> e.getValue().millis() - arrivalMillis(e.getKey()))
                  .summaryStatistics();
          System.out.printf(
              "%s: positive answers left %.1f ms after they arrived, at the most %d ms%n",
              who, waits.getAverage(), waits.getMax());
        });
  }

  private static long arrivalMillis(Case each) {
    return each.first() == Script.POSITIVE ? 0 : VerdictMatrix.LATER_MILLIS;
  }

  /** The outcome of each order of the servers, if they differ. */
  private static String row(Case each, Map<String, Map<Case, Told>> columns) {
    StringBuilder row =
        new StringBuilder("| ")
            .append(VerdictMatrix.word(each.first()))
            .append(" | ")
            .append(VerdictMatrix.word(each.then()))
            .append(" | ")
            .append(each.verdict());
    for (Map<Case, Told> outcomes : columns.values()) {
      String one = outcomes.get(each).outcome();
      String other = outcomes.get(new Case(each.first(), each.then(), true)).outcome();
      String told = one.equals(other) ? one : one + " or " + other;
      row.append(" | ").append(told.equals(each.verdict()) ? told : "**" + told + "**");
    }
    return row.append(" |").toString();
  }
}
