package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Jar;
import firstanswer.testing.Peer;
import firstanswer.testing.Screen;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar in a terminal: what a person sees on the screen. */
class TerminalIT {
  private static final int ROWS = 24;

  private static final String FREE_PORTS =
      " -Dfirstanswer.ts.ts1.text=off -Dfirstanswer.ts.ts2.text=off"
          + " -Dfirstanswer.ts.ts1.dns=off -Dfirstanswer.ts.ts2.dns=off"
          + " -Dfirstanswer.ls.dns=off -Dfirstanswer.ls.text=127.0.0.1:0"
          + " -Dfirstanswer.client.server=ls -Dfirstanswer.ls.text-deadline=1s";

  @TempDir private Path folder;

  @BeforeAll
  static void terminalIsInstalled() {
    Screen.assumeAvailable();
  }

  @BeforeEach
  void copyShippedFiles() throws IOException {
    Files.createDirectory(folder.resolve("conf"));
    for (String file : List.of("application.conf", "ts1.txt", "ts2.txt", "names.txt")) {
      Files.copy(Path.of("conf", file), folder.resolve("conf").resolve(file));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80})
  void sampleBatchShowsEveryAnswer(int columns) throws Exception {
    try (Screen screen = run(columns, FREE_PORTS)) {
      assertThat(screen.status()).isEqualTo(ExitStatus.OK);
      assertThat(screen.lines())
          .containsSubsequence(Files.readAllLines(folder.resolve("RESOLVED.txt")))
          .noneMatch(line -> line.contains("│"))
          .anyMatch(line -> line.startsWith("5 names: 3 answered"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80})
  void batchToAFileShowsOneBarOnOneLine(int columns) throws Exception {
    List<String> names = IntStream.range(0, 500).mapToObj(i -> "n" + i + ".example").toList();
    Files.write(folder.resolve("many.txt"), names);
    try (ServerSocket listener = Peer.listen();
        Screen screen = run(columns, query(listener) + " -f many.txt -o out.txt");
        Peer server = Peer.accept(listener)) {
      for (String name : names.subList(0, 250)) {
        server.receiveLine();
        server.send(name + " 192.0.2.1 A IN\n");
      }
      // The bar may not draw the last of many steps before the next one, so no number is certain.
      screen.await(line -> line.matches("names +\\d+% │.+│ \\d+/500 .*"));
      assertThat(screen.lines()).hasSize(1);
      for (String name : names.subList(250, 500)) {
        server.receiveLine();
        server.send(name + " 192.0.2.1 A IN\n");
      }
      assertThat(screen.status()).isEqualTo(ExitStatus.OK);
      assertThat(screen.lines().get(0)).matches("names 100% │.+│ 500/500 .*");
      assertThat(screen.lines().get(1)).startsWith("500 names: 500 answered");
    }
  }

  @Test
  void ctrlCInABatchPrintsTheTally() throws Exception {
    try (ServerSocket listener = Peer.listen();
        Screen screen = run(80, query(listener) + " -f conf/names.txt -o out.txt --window 1");
        Peer server = Peer.accept(listener)) {
      server.receiveLine();
      server.send("www.princeton.edu 128.1.1.4 A IN\n");
      server.receiveLine();
      screen.await(line -> line.contains("1/5"));
      screen.interrupt();
      screen.await(line -> line.contains("stopped"));
      server.send("rutgers.edu 172.34.4.6 A IN\n");
      assertThat(screen.status()).isEqualTo(ExitStatus.NOT_ALL_ANSWERED);
      assertThat(screen.lines())
          .anyMatch(line -> line.startsWith("firstanswer: stopped"))
          .anyMatch(line -> line.startsWith("2 names: 2 answered"));
    }
  }

  private static String query(ServerSocket listener) {
    return " query -s 127.0.0.1:" + listener.getLocalPort();
  }

  private Screen run(int columns, String arguments) throws IOException {
    return Screen.run(folder, columns, ROWS, Jar.command() + arguments);
  }
}
