package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every ordered pair of what two name servers can do, in both orders of arrival. */
class VerdictMatrixIT {
  @TempDir private Path folder;

  @Test
  void rightAnswerWinsInEveryCase() throws Exception {
    try (ScriptedNameServer first = new ScriptedNameServer(0);
        ScriptedNameServer second = new ScriptedNameServer(1);
        Jar jar =
            Jar.loadBalancer(
                folder, "dns://127.0.0.1:" + first.port(), "dns://127.0.0.1:" + second.port())) {
      Map<String, String> told = new TreeMap<>();
      Map<String, String> expected = new TreeMap<>();
      VerdictMatrix.ask(jar.ready().get("ls.dns"))
          .forEach((each, answer) -> told.put(each.toString(), answer.outcome()));
      VerdictMatrix.cases().forEach(each -> expected.put(each.toString(), each.verdict()));
      assertThat(told).isEqualTo(expected);
      // Where nothing but SERVFAIL comes for a while, that is noticed.
      assertThat(jar.errors().lines())
          .allMatch(
              line ->
                  line.contains(" INFO ")
                      || line.endsWith(": suspect: SERVFAIL")
                      || line.endsWith(": up again"));
    }
  }
}
