package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import firstanswer.testing.Tool;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README, as they stand there, in a copy of the sources. */
class ReadmeIT {
  private static final Pattern CODE = Pattern.compile("```(?:sh)?\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path checkout;
  private List<String> blocks;

  /**
   * Without the tests, which the commands skip, and with the classes: the build that runs this has
   * compiled all of them.
   */
  @BeforeEach
  void copySources() throws IOException {
    Files.createDirectory(checkout.resolve("src"));
    Files.createDirectory(checkout.resolve("target"));
    for (String top : List.of("pom.xml", "LICENSE", "conf", ".mvn", "src/main", "target/classes")) {
      copy(Path.of(top));
    }
    blocks =
        CODE.matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
  }

  @Test
  void firstCommandBuildsAndAnswersTheSample() throws Exception {
    String first = blocks.get(0).lines().findFirst().orElseThrow();
    // Offline, with the repository of this build, and at free ports: the rest is as in the README.
    Files.writeString(
        checkout.resolve(".mvn/maven.config"),
        "-o\n-Dmaven.compiler.useIncrementalCompilation=false\n-Dmaven.repo.local="
            + System.getProperty("localRepository")
            + "\n");
    Process process = start(first, ports(Map.of("CLIENT_SERVER", "ls")));
    // Maven sets its colours back even where it is told to be quiet.
    List<String> shown =
        process
            .inputReader()
            .lines()
            .map(line -> line.replaceAll("\\e\\[[0-9;]*m", ""))
            .filter(line -> !line.isEmpty())
            .toList();
    assertThat(shown.get(0)).startsWith("ready ls.dns=127.0.0.1:");
    assertThat(shown.subList(1, shown.size())).isEqualTo(answers());
    assertThat(process.waitFor()).isEqualTo(ExitStatus.OK);
    assertThat(Files.readAllLines(checkout.resolve("RESOLVED.txt"))).isEqualTo(answers());
  }

  /** Scripted servers stand in for the name servers of the reader. */
  @Test
  void commandsForNameServersAnswerDig() throws Exception {
    linkProgram();
    List<String> commands = blocks.get(2).lines().toList();
    try (ScriptedNameServer first = new ScriptedNameServer(0);
        ScriptedNameServer second = new ScriptedNameServer(1)) {
      String balancer =
          commands
              .get(0)
              .replace("192.0.2.1", "127.0.0.1:" + first.port())
              .replace("192.0.2.2:5353", "127.0.0.1:" + second.port());
      Process server = start(balancer, ports(Map.of()));
      try {
        Matcher ready =
            Pattern.compile("ready ls.dns=127.0.0.1:(\\d+) .*")
                .matcher(server.inputReader().readLine());
        assertThat(ready.matches()).isTrue();
        Tool.assumeInstalled("dig");
        String dig =
            commands
                .get(1)
                .replace("5300", ready.group(1))
                .replace("www.example.org", "nxdomain-0.positive-50.example.org");
        assertThat(start(dig, Map.of()).inputReader().lines())
            .anyMatch(l -> l.endsWith("192.0.2.1"));
      } finally {
        server.destroy();
      }
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void linkProgram() throws IOException {
    Files.createSymbolicLink(
        checkout.resolve("target/firstanswer"), Path.of("target/firstanswer").toAbsolutePath());
  }

  @Test
  void fourTerminalsAnswerTheSample() throws Exception {
    linkProgram();
    List<String> commands = blocks.get(3).lines().toList();
    assertThat(commands).hasSize(4);
    int ts1 = freePort();
    int ts2 = freePort();
    int ls = freePort();
    Map<String, String> ports =
        ports(
            Map.of(
                "TS_TS1_TEXT", "127.0.0.1:" + ts1,
                "TS_TS2_TEXT", "127.0.0.1:" + ts2,
                "LS_TEXT", "127.0.0.1:" + ls,
                "CLIENT_SERVER", "127.0.0.1:" + ls));
    List<Process> servers = new ArrayList<>();
    try {
      for (String command : commands.subList(0, 3)) {
        Process server = start(command, ports);
        servers.add(server);
        assertThat(server.inputReader().readLine()).startsWith("ready ");
      }
      Process client = start(commands.get(3), ports);
      assertThat(client.inputReader().lines()).containsExactlyElementsOf(answers());
      assertThat(client.waitFor()).isEqualTo(ExitStatus.OK);
    } finally {
      servers.forEach(Process::destroy);
    }
    for (Process server : servers) {
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Each command in the table exists, with the options that it is shown with. */
  @Test
  void tableOfCommandsMatchesTheHelp() throws Exception {
    List<String> shown =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.startsWith("| `firstanswer "))
            .toList();
    assertThat(shown).hasSize(4);
    for (String line : shown) {
      String command = line.substring(3, line.indexOf('`', 3));
      String name = command.replaceFirst("^firstanswer ?([a-z0-9]*).*", "$1");
      String help = helpOf(name);
      Matcher option = Pattern.compile("(?<![\\w-])(-D|--?[a-z]+)").matcher(command);
      while (option.find()) {
        assertThat(help).contains(option.group());
      }
    }
  }

  private String helpOf(String command) throws IOException {
    String[] arguments = command.isEmpty() ? new String[] {"-h"} : new String[] {command, "-h"};
    try (Jar help = Jar.start(checkout, arguments)) {
      return String.join("\n", help.output());
    }
  }

  private List<String> answers() {
    return blocks.get(1).lines().toList();
  }

  /** Free ports and a short deadline, by way of the environment. */
  private static Map<String, String> ports(Map<String, String> values) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CONFIG_FORCE_firstanswer_ls_text__deadline", "1s");
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "TS_TS1_TEXT", "127.0.0.1:0",
                "TS_TS1_DNS", "127.0.0.1:0",
                "TS_TS2_TEXT", "127.0.0.1:0",
                "TS_TS2_DNS", "127.0.0.1:0",
                "LS_TEXT", "127.0.0.1:0",
                "LS_DNS", "127.0.0.1:0"));
    all.putAll(values);
    all.forEach(
        (key, value) ->
            environment.put(
                "CONFIG_FORCE_firstanswer_" + key.toLowerCase(java.util.Locale.ROOT), value));
    return environment;
  }

  private Process start(String command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
    String bin = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", bin, (path, own) -> own + File.pathSeparator + path);
    return builder
        .directory(checkout.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Below the range that the system gives to clients, so that none of those can take it. */
  private static int freePort() {
    return new Random().ints(10_000, 30_000).filter(ReadmeIT::isFree).findFirst().orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException inUse) {
      return false;
    }
  }

  private void copy(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.toList()) {
        Files.copy(file, checkout.resolve(file.toString()));
      }
    }
  }
}
