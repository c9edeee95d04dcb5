package firstanswer.config;

import static firstanswer.config.TestFile.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that each mistake in the configuration is one clear line, and that none is missed. */
class SettingsMistakesTest {
  private TestFile file;

  @BeforeEach
  void start(@TempDir Path folder) {
    file = TestFile.in(folder);
  }

  /** The key and value on line 2 of a configuration, and what its problem says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roles = [ls, ts9] | firstanswer.roles = [ls, ts9]: unknown role ts9; there are [client, ls, ts1]",
        "roles = [] | firstanswer.roles = []: nothing to run; there are [client, ls, ts1]",
        "roles = 5 | firstanswer.roles = 5: expected a list of texts",
        "rolls = [ls] | firstanswer.rolls: unknown key; did you mean firstanswer.roles?",
        "ls.port = 5 | firstanswer.ls.port: unknown key; firstanswer.ls has",
        "colour = red | firstanswer.colour: unknown key; firstanswer has client, dns-listener, dns-upstream, ls,",
        "ts.ts1.colour = red | firstanswer.ts.ts1.colour: unknown key; firstanswer.ts.ts1 has allow, client-max-in-flight, client-rate, dns, misses, refused-rate, table, text",
        "ts.ts1.misess = silent | firstanswer.ts.ts1.misess: unknown key; did you mean firstanswer.ts.ts1.misses?",
        "ls.text = here | firstanswer.ls.text = here: expected host:port, or off",
        "ls.text = \"127.0.0.1:65536\" | firstanswer.ls.text = 127.0.0.1:65536: expected host:port",
        "ls.text = [] | firstanswer.ls.text = []: expected host:port, or off, or a list such as [",
        "ls.text = [here] | firstanswer.ls.text = [here]: expected host:port, or off, or a list",
        "ls.text = [\"a:1\", here] | firstanswer.ls.text = [a:1, here]: \"here\" is no address; expected host:port",
        "ls.dns = [\"a:1\", off] | firstanswer.ls.dns = [a:1, off]: off is no address; write off alone, without a list",
        "ls.dns = { a = b } | firstanswer.ls.dns = {a=b}: expected host:port, or off, or a list",
        "ls.dns = [\"127.0.0.1:1\", \"[::1]:1\", \"127.0.0.1:1\"] | 127.0.0.1:1 is listed twice; list each address once",
        "ls.dns = [\"[::1]:1\", \"[0:0::1]:1\"] | [0:0::1]:1 is listed twice; list each address once",
        "ls.dns = [\"127.0.0.1:1\", \"[::]:1\"] | [::]:1 leaves no port for 127.0.0.1:1; list one of the two",
        "ls.dns = [\"0.0.0.0:1\", \"[::]:1\"] | 0.0.0.0:1 leaves no port for [::]:1; list one of the two",
        "ts.ts1.dns = [\"a:1\", \"a:1\"] | firstanswer.ts.ts1.dns = [a:1, a:1]: a:1 is listed twice",
        "ls.text-deadline = soon | firstanswer.ls.text-deadline = soon: expected a time",
        "ls.text-deadline = 0s | firstanswer.ls.text-deadline = 0s: expected a time from 1ms",
        "ls.text-deadline = 1h | firstanswer.ls.text-deadline = 1h: expected a time from 1ms",
        "ls.upstreams = [] | firstanswer.ls.upstreams = []: expected 1 to 64 upstreams",
        "ls.upstreams = [tsx] | tsx is no upstream; expected a table server, one of [ts1], or dns://",
        "ls.upstreams = [ts1] | ts1 does not run in this process and has no text or dns address with a port",
        "ls.upstreams = [\"text://h\"] | text://h is no upstream",
        "ls.upstreams = [\"text://h:0\"] | text://h:0 is no upstream",
        "ls.upstreams = [\"dns://h:0\"] | dns://h:0 is no upstream",
        "ls.upstreams = [\"dns://\"] | dns:// is no upstream",
        "ls.dns = 5300 | firstanswer.ls.dns = 5300: expected host:port, or off",
        "ls.negatives-without = lies | firstanswer.ls.negatives-without = lies: expected answer or servfail",
        "ls.policy = fastest | firstanswer.ls.policy = fastest: expected race or hedge or fallback",
        "ls.hedge-budget = 101% | firstanswer.ls.hedge-budget = 101%: expected a percentage from 0% to 100%",
        "ls.hedge-budget = 0.1 | firstanswer.ls.hedge-budget = 0.1: expected a percentage from 0% to 100%",
        "ls.hedge-percentile = 0 | firstanswer.ls.hedge-percentile = 0: expected a whole number from 1 to 100",
        "ls.hedge-delay-max = 5ms | firstanswer.ls.hedge-delay-max = 5ms: expected at least ls.hedge-delay-min",
        "ls.hedge-memory = 0 | firstanswer.ls.hedge-memory = 0: expected a whole number from 1",
        "ls.upstreams = [\"dns://h?per-second=0\"] | dns://h?per-second=0 is no upstream",
        "ls.upstreams = [\"dns://h?in-flight=1&in-flight=2\"] | is no upstream",
        "ls.upstreams = [\"dns://h?framing=bare\"] | dns://h?framing=bare is no upstream",
        "ls.upstreams = [\"dns://h?\"] | dns://h? is no upstream",
        "ls.upstreams = [\"ts1/\"] | ts1/ is no upstream",
        "ls.allow = [everybody] | firstanswer.ls.allow = [everybody]: \"everybody\" is no network; expected",
        "ls.allow = [\"::1\", 10/8] | firstanswer.ls.allow = [::1, 10/8]: \"10/8\" is no network; expected",
        "ls.allow = [192.168.1.5/16] | \"192.168.1.5/16\" is an address in the network 192.168.0.0/16;",
        "ls.allow = [] | firstanswer.ls.allow = []: expected networks, addresses, or any",
        "ls.client-rate = fast | firstanswer.ls.client-rate = fast: expected a whole number from 1",
        "ls.client-rate = 0 | firstanswer.ls.client-rate = 0: expected a whole number from 1",
        "ls.client-max-in-flight = off | firstanswer.ls.client-max-in-flight = off: expected a whole number",
        "ls.dns-deadline = 2m | firstanswer.ls.dns-deadline = 2m: expected a time from 1ms",
        "dns-upstream.down-after = 5 | firstanswer.dns-upstream.down-after = 5: expected a time",
        "dns-upstream.sockets = 0 | firstanswer.dns-upstream.sockets = 0: expected a whole number from 1",
        "ls.upstreams = [\"http://h:53\"] | http://h:53 is no upstream",
        "ls.upstreams = [\"text://h:53?framing=none\"] | is no upstream",
        "ts.ts1.misses = loud | firstanswer.ts.ts1.misses = loud: expected silent or answered",
        "ts.ts1.table = [] | firstanswer.ts.ts1.table = []: expected a file, or a list of files",
        "ts.ts1.table = { a = b } | firstanswer.ts.ts1.table = {a=b}: expected a file, or a list",
        "ts.ts1.table = [[a]] | firstanswer.ts.ts1.table = [[a]]: expected a file, or a list",
        "ts.ts1.table = \"\" | \"\" is no table file; expected FILE, names:FILE, hosts:FILE or zone:",
        "ts.ts1.table = [a, \"hosts:\"] | \"hosts:\" is no table file",
        "ts.ts1.table = \"a.zone?origin=\" | \"a.zone?origin=\" is no table file",
        "ts.ts1.table = \"a.zone?origin=a..b\" | \"a.zone?origin=a..b\" is no table file",
        "ts.ts1.table = \"hosts?origin=a\" | \"hosts?origin=a\" is no table file",
        "client.server = lS | firstanswer.client.server = lS: expected host:port, dns://host:port, or ls where",
        "client.server = \"dns://h:0\" | firstanswer.client.server = dns://h:0: expected host:port, dns://",
        "client.type = AAAA | firstanswer.client.type = AAAA: the text protocol knows type A only",
        "client.type = nonsense | firstanswer.client.type = nonsense: expected a type such as A",
        "client.type = AXFR | firstanswer.client.type = AXFR: expected a type such as A",
        "client.window = 0 | firstanswer.client.window = 0: expected a whole number from 1 to 1000000",
        "client.window = many | firstanswer.client.window = many: expected a whole number",
        "client.timeout = 5s | firstanswer.client.timeout = 5s: expected more than ls.text-deadline",
        "text-listener.max-connections = -1 | firstanswer.text-listener.max-connections = -1: expected",
      })
  void aMistakeIsOneLineWithItsPlaceKeyValueAndWhatWouldBeRight(String line, String problem)
      throws Exception {
    // The table server runs here only where its own settings are the matter.
    String roles = line.startsWith("ts.") ? "[ls, ts1, client]" : "[ls, client]";
    List<String> problems = file.problems(BASE.formatted(roles) + "firstanswer." + line + "\n");
    assertThat(problems.get(0)).startsWith(file + ":2: ").contains(problem);
  }

  @Test
  void aLoadBalancerThatNobodyCouldAskIsAMistake() throws Exception {
    assertThat(file.problems(BASE.formatted("[ls]") + "firstanswer.ls { text = off, dns = off }"))
        .hasSize(1)
        .allMatch(problem -> problem.contains("firstanswer.ls.dns = off: ls.text is off, too"));
  }

  @Test
  void everyMistakeIsReported() throws Exception {
    assertThat(
            file.problems("firstanswer { roles = [ls], x = 1, ls { upstreams = [], text = y } }"))
        .hasSize(3);
  }

  @Test
  void aSectionOfAnotherNameIsAMistake() throws Exception {
    assertThat(file.problems("firstanswr { roles = [ls] }"))
        .containsExactly(file + ":1: firstanswr: unknown key; did you mean firstanswer?");
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class,
            () -> ConfigSources.load(Optional.empty(), Map.of("srv.text", "off")));
    assertThat(e.problems())
        .containsExactly("command line: srv: unknown key; ours begin with firstanswer");
  }

  @Test
  void aTableServerNeedsATable() throws Exception {
    assertThat(file.problems("firstanswer { roles = [ts2], ts.ts2 { text = off } }"))
        .containsExactly(
            "firstanswer.ts.ts2.table is not set: expected a file, or a list of files");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ls.dns-deadline = 5 | firstanswer.ls.dns-deadline = 5: expected a time with its unit, such as 5s or 500ms",
        "ls.dns-deadline = 0.5 | = 0.5: expected a time with its unit",
        "ls.dns-deadline = \"5\" | = 5: expected a time with its unit",
        "ls.dns-deadline = \" 5 \" | expected a time with its unit",
        "ls.dns-deadline = \"4,5\" | = 4,5: expected a time with its unit",
        "ls.text-deadline = 0 | = 0: expected a time with its unit",
        "dns-upstream.probe-max = 15000 | = 15000: expected a time with its unit",
        "text-listener.idle-timeout = -1 | = -1: expected a time with its unit",
        "ls.text-deadline = 5 S | = 5 S: expected a time from 1ms to 60s, such as 5s or 500ms",
        "ls.text-deadline = 5sec | = 5sec: expected a time from 1ms to 60s",
        "ls.text-deadline = -5s | = -5s: expected a time from 1ms to 60s",
        "text-listener.idle-timeout = 25h | = 25h: expected a time from 1ms to 24h",
        "ls.text-deadline = [] | = []: expected a time",
        "ls.text-deadline = { a = 5s } | = {a=5s}: expected a time",
      })
  void aTimeWithoutAUnitIsAMistake(String line, String problem) throws Exception {
    assertOneProblem(line, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ls.txt = off | firstanswer.ls.txt: unknown key; did you mean firstanswer.ls.text?",
        "ls.upstream = [] | did you mean firstanswer.ls.upstreams?",
        "ls.dns_deadline = 5s | did you mean firstanswer.ls.dns-deadline?",
        "LS.text = off | firstanswer.LS: unknown key; did you mean firstanswer.ls?",
        "text-deadline = 5s | did you mean firstanswer.ls.text-deadline?",
        "ls.client.server = a | did you mean firstanswer.client?",
        "ls.timeout = 5s | did you mean firstanswer.client.timeout?",
        "ls.reconnect-max = 5s | did you mean firstanswer.text-upstream.reconnect-max?",
        "ls.table = t | did you mean firstanswer.ts.NAME.table?",
        "ts.ts1.tabel = t | did you mean firstanswer.ts.ts1.table?",
        "roles = [sl] | unknown role sl; there are [client, ls, ts1]",
        "roles = [cleint] | unknown role cleint; there are [client, ls, ts1]; did you mean client?",
        "ls.policy = hegde | expected race or hedge or fallback; did you mean hedge?",
        "ls.policy = RACE | expected race or hedge or fallback; did you mean race?",
        "ls.negatives-without = answers | expected answer or servfail; did you mean answer?",
        "ls.upstreams = [ts2] | joined by &; did you mean ts1?",
        "client.framing = lin | expected line or bare; did you mean line?",
      })
  void aMisspelledWordBringsTheWordThatIsMeant(String line, String problem) throws Exception {
    assertOneProblem(line, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ls.colour = red",
        "colour = red",
        "roles = [x]",
        "ls.policy = fastest",
        "client.framing = x"
      })
  void aWordThatIsLikeNoOtherBringsNoGuess(String line) throws Exception {
    assertThat(file.problems(BASE.formatted("[ls, client]") + "firstanswer." + line).get(0))
        .doesNotContain("did you mean");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "firstanswer = 5 | firstanswer = 5: expected a section, firstanswer { ... }",
        "firstanswer.ls = off | firstanswer.ls = off: expected a section, firstanswer.ls { ... }",
        "firstanswer.ts = [a] | firstanswer.ts = [a]: expected a section, firstanswer.ts { ... }",
        "firstanswer.ts.ts1 = t.txt | firstanswer.ts.ts1 = t.txt: expected a section, firstanswer.ts.ts1 { ... }",
      })
  void aValueInPlaceOfASectionIsAMistake(String line, String problem) throws Exception {
    assertThat(file.problems("\n" + line)).containsExactly(file + ":2: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"dns://h\", \"dns://h\"] | dns://h is listed twice; list each upstream once",
        "[\"dns://h?per-second=5\", \"dns://h\", \"dns://h\"] | dns://h is listed twice",
        "[\"text://h:1?framing=bare\", \"text://h:1/\"] | text://h:1 is listed twice",
      })
  void anUpstreamThatIsListedTwiceIsAMistake(String upstreams, String problem) throws Exception {
    assertOneProblem("ls.upstreams = " + upstreams, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"text://127.0.0.1:5350\"] | text://127.0.0.1:5350 is our own listener, ls.text = 127.0.0.1:5350; queries",
        "[\"text://localhost:5350?framing=bare\"] | text://localhost:5350 is our own listener",
      })
  void anUpstreamThatIsOurOwnListenerIsAMistake(String upstreams, String problem) throws Exception {
    assertOneProblem("ls.upstreams = " + upstreams, problem);
  }

  @Test
  void anUpstreamAtAnotherPortOrProtocolIsNoMistake() throws Exception {
    Settings settings =
        file.read(
            BASE.formatted("[ls]")
                + "firstanswer.ls { dns = \"127.0.0.1:0\", upstreams = [\"dns://127.0.0.1:5350\","
                + " \"text://127.0.0.1:5351\"] }");
    assertThat(settings.loadBalancer().orElseThrow().upstreams()).hasSize(2);
  }

  @Test
  void ourOwnDnsListenerAsUpstreamIsAMistake() throws Exception {
    assertThat(
            file.problems(
                BASE.formatted("[ls]")
                    + "firstanswer.ls { dns = \"[::1]:5300\", upstreams = [\"dns://[::1]:5300\"] }"))
        .singleElement()
        .asString()
        .endsWith(
            "dns://[::1]:5300 is our own listener, ls.dns = [::1]:5300; queries would come back to us");
  }

  @Test
  void aBadUpstreamIsOneProblemAndNotAlsoAMissingOne() throws Exception {
    assertOneProblem("ls.upstreams = [\"x://y\"]", "x://y is no upstream");
  }

  @ParameterizedTest
  @CsvSource({"1.9", "1e2", "' '", "99999999999"})
  void aCountThatIsNoWholeNumberIsAMistake(String count) throws Exception {
    assertOneProblem("client.window = \"" + count + '"', "expected a whole number from 1 to");
  }

  @Test
  void aPathThatIsEmptyIsAMistake() throws Exception {
    assertOneProblem(
        "client.input = \"\"", "firstanswer.client.input = : expected the path of a file");
  }

  @Test
  void aValueThatOnlyTheDefaultsHaveSaysSo() throws Exception {
    assertThat(file.problems("firstanswer.roles = [ls]"))
        .containsExactly("default: firstanswer.ls.upstreams = []: expected 1 to 64 upstreams");
  }

  private void assertOneProblem(String line, String problem) throws Exception {
    assertThat(file.problems(BASE.formatted("[ls, client]") + "firstanswer." + line))
        .singleElement()
        .asString()
        .startsWith(file + ":2: firstanswer.")
        .contains(problem);
  }
}
