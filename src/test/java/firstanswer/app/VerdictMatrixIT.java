package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.app.VerdictMatrix.Case;
import firstanswer.testing.Forwarder;
import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import firstanswer.testing.ScriptedNameServer.Script;
import firstanswer.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every ordered pair and triple of what name servers can do. */
class VerdictMatrixIT {
  @TempDir private Path folder;
  private final ScriptedNameServer[] servers = new ScriptedNameServer[3];

  @BeforeEach
  void start() throws IOException {
    for (int label = 0; label < servers.length; label++) {
      servers[label] = new ScriptedNameServer(label);
    }
  }

  @AfterEach
  void stop() {
    for (ScriptedNameServer server : servers) {
      server.close();
    }
  }

  @Test
  void rightAnswerOfTwoServersWins() throws Exception {
    rightAnswerWins(VerdictMatrix.pairs(), uri(0), uri(1));
  }

  @Test
  void rightAnswerOfThreeServersWins() throws Exception {
    rightAnswerWins(VerdictMatrix.triples(), uri(0), uri(1), uri(2));
  }

  private String uri(int server) {
    return "dns://127.0.0.1:" + servers[server].port();
  }

  private void rightAnswerWins(List<Case> cases, String... upstreams) throws Exception {
    try (Jar jar = Jar.loadBalancer(folder, upstreams)) {
      Map<String, String> told = new TreeMap<>();
      Map<String, String> expected = new TreeMap<>();
      VerdictMatrix.ask(jar.ready().get("ls.dns"), cases, 1)
          .forEach((each, answer) -> told.put(each.toString(), answer.outcome()));
      cases.forEach(each -> expected.put(each.toString(), each.verdict()));
      assertThat(told).containsExactlyInAnyOrderEntriesOf(expected);
      // Where nothing but SERVFAIL comes for a while, that is noticed.
      assertThat(jar.errors().lines())
          .allMatch(
              line ->
                  line.contains(" INFO ")
                      || Jar.isOfABusyMachine(line)
                      || line.endsWith(": suspect: SERVFAIL")
                      || line.endsWith(": up again"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherForwarderAnswersInTheMatrix(Forwarder forwarder) throws Exception {
    Tool.assumeInstalled(forwarder.program());
    assertThat(forwarder.version(folder)).isNotEmpty();
    List<Case> cases = List.of(new Case(List.of(Script.POSITIVE, Script.POSITIVE), List.of(0, 1)));
    try (var running = forwarder.start(folder, servers[0].port(), servers[1].port())) {
      assertThat(VerdictMatrix.ask(running.port(), cases, 1).values())
          .allMatch(told -> told.outcome().equals("positive"));
    }
  }
}
