package firstanswer.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourcesTest {
  @TempDir private Path folder;

  /** {@code ~} is a new line; the problem follows the name of the file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // YAML
        "firstanswer:~  roles: [ls]~ | :1: cannot read \"firstanswer:\" as HOCON: a section needs braces, as in firstanswer { ... } (is this YAML?)",
        "---~firstanswer:~  ls:~    dns: off | :1: cannot read \"---\" as HOCON: this is YAML;",
        "firstanswer:~  roles:~  - ls | :1: cannot read \"firstanswer:\" as HOCON: a section needs braces",
        "firstanswer {~\tls:  # tabs~\t\tdns = off~} | :2: cannot read \"ls:  # tabs\" as HOCON: a section needs braces, as in ls {",
        // quotes
        "firstanswer {~ ls.text = \"127.0.0.1:53~ ls.dns = off } | :2: cannot read \"ls.text = \"127.0.0.1:53\" as HOCON: a quote is not closed",
        "firstanswer {~ ls.text = \"a~ ls.dns = \"b\" } | :2: cannot read \"ls.text = \"a\" as HOCON: a quote is not closed",
        "firstanswer.ls.text = \"a | :1: cannot read \"firstanswer.ls.text = \"a\" as HOCON: a quote is not closed",
        "firstanswer.ls.text = \"\"\"a~b | as HOCON: a quote is not closed",
        // brackets
        "{ \"firstanswer\":~ { \"roles\": [\"ls\"]~} | :1: cannot read \"{ \"firstanswer\":\" as HOCON: { is not closed; expected } after its last key",
        "firstanswer {~ ls { ~ | :2: cannot read \"ls {\" as HOCON: { is not closed",
        "firstanswer {~ roles = [ls~ ls.text = off } | :2: cannot read \"roles = [ls\" as HOCON: [ is not closed; expected ] after its items",
        "firstanswer.roles = [ls, | :1: cannot read \"firstanswer.roles = [ls,\" as HOCON: [ is not closed",
        "firstanswer {~ # }~ // }~ ls.text = \"}\\\"}\"~ | :1: cannot read \"firstanswer {\" as HOCON: { is not closed",
        "firstanswer {~ ls.text = off~}} | :3: cannot read \"}}\" as HOCON: } closes nothing; remove it",
        // commas
        "firstanswer {~ ls.dns-deadline = 4,5s~} | :2: cannot read \"ls.dns-deadline = 4,5s\" as HOCON: a comma ends a value; write 4.5s",
        "firstanswer { ls { dns-deadline: 4,5s, text = off } } | :1: cannot read \"firstanswer { ls { dns-deadline: 4,5s, text = off } }\" as HOCON: a comma ends a value; write 4.5s",
        "firstanswer {~~ ls.hedge-budget = 2,5%~~ ls.text = off } | a comma ends a value; write 2.5%",
        // texts that need quotes
        "firstanswer.ls.text = 127.0.0.1:5350 | :1: cannot read \"firstanswer.ls.text = 127.0.0.1:5350\" as HOCON: a text with a colon needs quotes; write \"127.0.0.1:5350\"",
        "firstanswer.ls.upstreams = [ts1, dns://192.0.2.1] | as HOCON: a text with a colon needs quotes; write \"dns://192.0.2.1\"",
        "firstanswer.ls.text = [::1]:5350 | as HOCON: a text with a colon needs quotes; write \"[::1]:5350\"",
        "firstanswer.ls.text = '127.0.0.1:5350' | needs quotes; write \"127.0.0.1:5350\"",
        "firstanswer.ls.text = h:1 | needs quotes; write \"h:1\"",
        "firstanswer.ls.text = a@b | as HOCON: a text with @ needs quotes",
        "firstanswer.ls.text = \"a\\q\" | as HOCON: a backslash in quotes is written twice",
        // keys
        "firstanswer {~ ls.text~ ls.dns = off~} | cannot read",
        "firstanswer.ls.text \"a\"~~ | :1: cannot read \"firstanswer.ls.text \"a\"\" as HOCON: expected KEY = VALUE or KEY { ... }",
        "hello world | :1: cannot read \"hello world\" as HOCON: expected KEY = VALUE",
        "[server]~text = off | :2: cannot read \"text = off\" as HOCON: expected KEY = VALUE",
        "firstanswer.ls..text = off | :1: cannot read \"firstanswer.ls..text = off\" as HOCON: a key has no empty parts",
        "[ls, ts1] | :1: is a list; expected firstanswer { ... } in HOCON",
        // includes and substitutions
        "~include \"no.conf\" | :2: include \"no.conf\": no such file (looked in FOLDER)",
        "firstanswer { include \"no\" } | :1: include \"no\": no such file (looked in FOLDER)",
        "include required(\"no.conf\") | :1: include \"no.conf\": no such file (looked in FOLDER)",
        "include file(\"/no/x.conf\") | :1: include \"/no/x.conf\": no such file",
        "include no.conf | :1: cannot read \"include no.conf\" as HOCON: expected include \"FILE\"",
        "include \"test.conf\" | :1: cannot read \"include \"test.conf\"\" as HOCON: the file includes itself",
        "~firstanswer.ls.text = ${x} | :2: cannot replace ${x}: no key and no environment variable has this name",
        "akka.x = ${akka.y}~akka.y = ${akka.x} | its own value depends on it",
      })
  void aFileThatIsNotHoconIsOneLineInOurWords(String content, String problem) throws Exception {
    String text = content.replace("~", "\n").replace("\\t", "\t");
    assertThat(problemOf(Files.writeString(file(), text)))
        .startsWith(file() + ":")
        .contains(problem.replace("FOLDER", folder.toString()))
        .doesNotContainIgnoringCase("token", "substitution", "com.typesafe", "\n");
  }

  @Test
  void aMistakeInAnIncludedFileNamesThatFile() throws Exception {
    Path included = Files.writeString(folder.resolve("more.conf"), "\nls { dns = \"a }\n");
    Files.writeString(file(), "firstanswer { include \"more.conf\" }");
    assertThat(problemOf(file())).startsWith(included + ":2: cannot read \"ls { dns = \"a }\"");
  }

  @Test
  void aFileIncludesWhatLiesBesideIt() throws Exception {
    Files.writeString(folder.resolve("more.conf"), "ls.text = \"127.0.0.1:1\"");
    Files.writeString(file(), "firstanswer { include \"more\" }");
    Path here = Path.of("").toAbsolutePath().relativize(file());
    assertThat(ConfigSources.load(Optional.of(here), Map.of()).getString("firstanswer.ls.text"))
        .isEqualTo("127.0.0.1:1");
  }

  @Test
  void aBinaryFileIsOneShortLine() throws Exception {
    String expected =
        file() + ": is not a text file in UTF-8; expected firstanswer { ... } in HOCON";
    Files.write(file(), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, '@', '\n', 0, '"'});
    assertThat(problemOf(file())).isEqualTo(expected);
    Files.writeString(file(), "firstanswer { roles = [ls] }", UTF_16);
    assertThat(problemOf(file())).isEqualTo(expected);
  }

  @Test
  void aCommentInLatin1IsNoMistake() throws Exception {
    Files.writeString(file(), "# d\u00e9j\u00e0\nfirstanswer.ls.text = off", ISO_8859_1);
    assertThat(ConfigSources.load(Optional.of(file()), Map.of()).getString("firstanswer.ls.text"))
        .isEqualTo("off");
  }

  @Test
  void aLineThatIsLongIsShownInPart() throws Exception {
    Files.writeString(file(), "x".repeat(1000));
    assertThat(problemOf(file())).contains("x...\" as HOCON").hasSizeLessThan(250);
  }

  @Test
  void aRelativeFileThatIsMissingSaysWhereWeLooked() {
    assertThat(problemOf(Path.of("no", "x.conf")))
        .isEqualTo(
            Path.of("no", "x.conf")
                + ": no such file (looked in "
                + Path.of("").toAbsolutePath()
                + ")");
  }

  @Test
  void aFolderInPlaceOfAFileSaysSo() {
    assertThat(problemOf(folder)).isEqualTo(folder + ": is a directory, not a file");
  }

  @Test
  void aMissingFileSaysSo() {
    Path missing = folder.resolve("missing.conf");
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class, () -> ConfigSources.load(Optional.of(missing), Map.of()));
    assertThat(e.problems()).containsExactly(missing + ": no such file");
  }

  @Test
  void aListOnTheCommandLineIsWrittenAsInAFile() throws Exception {
    Settings settings =
        SettingsReader.read(
            ConfigSources.load(
                Optional.empty(),
                Map.of(
                    "firstanswer.roles", "[ls]",
                    "firstanswer.ls.upstreams", "[\"text://h:53\", \"text://i:53\"]")));
    assertThat(settings.loadBalancer().orElseThrow().upstreams()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"dns://192.0.2.1\"] | dns://192.0.2.1",
        "[ts1, ts2] | ts1,ts2",
        " [ ts1 ] | ts1",
        "[\"text://[::1]:53\", ts1,] | text://[::1]:53,ts1",
      })
  void aListOfTextsOnTheCommandLineIsAList(String text, String items) throws Exception {
    assertThat(loaded(text).getStringList("key")).containsExactly(items.split(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[::1]:5300",
        "[2001:db8::1]:53",
        "[fe80]:53",
        "[a]x",
        "[ts1, ts2",
        "[dns://192.0.2.1]",
        "[\"a]",
        "[[a]]",
        "[{a = b}]",
        "[${x}]",
        "[a]\nb = c",
        "ts1",
        ""
      })
  void anyOtherTextOnTheCommandLineIsAText(String text) throws Exception {
    assertThat(loaded(text).getString("key")).isEqualTo(text);
  }

  private static Config loaded(String text) throws SettingsException {
    return ConfigSources.load(Optional.empty(), Map.of("firstanswer.x.key", text))
        .getConfig("firstanswer.x");
  }

  @Test
  void anIpv6AddressOnTheCommandLineIsAnAddress() throws Exception {
    Config config =
        ConfigSources.load(
            Optional.empty(),
            Map.of(
                "firstanswer.roles", "[ls]",
                "firstanswer.ls.dns", "[::1]:5300",
                "firstanswer.ls.upstreams", "[\"dns://192.0.2.1\"]"));
    assertThat(SettingsReader.read(config).loadBalancer().orElseThrow().dns())
        .contains(new HostPort("::1", 5300));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[ts1, ts2", "[dns://192.0.2.1]", "[\"dns://h]", "ts1"})
  void aBrokenListOnTheCommandLineIsOneLine(String upstreams) throws Exception {
    Config config =
        ConfigSources.load(
            Optional.empty(),
            Map.of("firstanswer.roles", "[ls]", "firstanswer.ls.upstreams", upstreams));
    SettingsException e =
        catchThrowableOfType(SettingsException.class, () -> SettingsReader.read(config));
    assertThat(e.problems())
        .containsExactly(
            "command line: firstanswer.ls.upstreams = "
                + upstreams
                + ": expected a list of texts such as [a, \"b:1\"], where a text with a colon needs"
                + " quotes");
  }

  @Test
  void aKeyOnTheCommandLineThatIsNoneIsOneLine() {
    assertThat(problemOf(Map.of("firstanswer..ls", "x")))
        .isEqualTo(
            "command line: -Dfirstanswer..ls: is not a key; expected one such as"
                + " firstanswer.ls.text");
    assertThat(problemOf(Map.of("firstanswer.ls", "x", "firstanswer.ls.text", "off")))
        .isEqualTo("command line: one -D sets a section, another a key in it; give only one");
    assertThat(problemOf(Map.of("ls.text", "off")))
        .isEqualTo("command line: ls: unknown key; did you mean firstanswer.ls?");
  }

  private static String problemOf(Path file) {
    return problem(Optional.of(file), Map.of());
  }

  private static String problemOf(Map<String, String> commandLine) {
    return problem(Optional.empty(), commandLine);
  }

  private static String problem(Optional<Path> file, Map<String, String> commandLine) {
    List<String> problems =
        catchThrowableOfType(SettingsException.class, () -> ConfigSources.load(file, commandLine))
            .problems();
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private Path file() {
    return folder.resolve("test.conf");
  }
}
