package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Jar;
import firstanswer.testing.Peer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches and help: the user sees lines and exit statuses. */
class CommandLineIT extends CommandLineFixture {
  @Test
  void unknownOptionIsAUsageError() throws Exception {
    Jar jar = Jar.start(folder, "query", "--no-such-option");
    assertThat(jar.status()).isEqualTo(ExitStatus.CANNOT_START);
    assertThat(jar.errors()).startsWith("Unknown option: '--no-such-option'").contains("Usage:");
  }

  @Test
  void helpAndVersionWorkEverywhere() throws Exception {
    for (String command : List.of("", "query", "check", "ts1", "ts2", "ls", "client")) {
      List<String> start = command.isEmpty() ? List.of() : List.of(command);
      Jar help = Jar.start(folder, with(start, "--help"));
      assertThat(help.output()).anyMatch(line -> line.startsWith("Usage: firstanswer"));
      assertThat(help.status()).isEqualTo(ExitStatus.OK);
    }
    Jar version = Jar.start(folder, "query", "--version");
    assertThat(version.output())
        .singleElement()
        .asString()
        .matches("firstanswer \\d+\\.\\d+\\.\\d+");
  }

  @Test
  void completionIsAScriptForTheShell() throws Exception {
    assertThat(Jar.start(folder, "generate-completion").output())
        .anyMatch(line -> line.contains("complete -F _complete_firstanswer"));
  }

  @Test
  void namesComeFromArgumentsAFileOrStandardInput() throws Exception {
    try (Jar ts = Jar.start(folder, "-c", "ts.conf")) {
      String server = "127.0.0.1:" + ts.ready().get("ts.t.text");
      String answer = "a.example 192.0.2.1 A IN";
      Jar arguments = Jar.start(folder, "query", "-s", server, "A.example", "a.example");
      assertThat(arguments.output()).containsExactly(answer, answer);
      assertThat(arguments.status()).isEqualTo(ExitStatus.OK);

      Jar input = Jar.start(folder, "query", "-s", server, "-f", "-").input("# names\n\na.example");
      assertThat(input.output()).containsExactly(answer);
      assertThat(input.status()).isEqualTo(ExitStatus.OK);

      Files.writeString(folder.resolve("names.txt"), "a.example\r\nno name\r\n");
      Jar file =
          Jar.start(
              folder, "query", "-s", server, "-f", "names.txt", "-o", "out.csv", "--format", "csv");
      assertThat(file.output()).isEmpty();
      assertThat(file.status()).isEqualTo(ExitStatus.NOT_ALL_ANSWERED);
      assertThat(Files.readAllLines(folder.resolve("out.csv")))
          .hasSize(3)
          .anyMatch(line -> line.startsWith("a.example,answered,192.0.2.1," + answer))
          .anyMatch(line -> line.startsWith("no name,error,,not a host name,"));
    }
  }

  @Test
  void unreachableServerIsStatus3AndNamesAreNamed() throws Exception {
    int nobody;
    try (ServerSocket free = Peer.listen()) {
      nobody = free.getLocalPort();
    }
    Jar jar = Jar.start(folder, "query", "-s", "127.0.0.1:" + nobody, "a.example", "b.example");
    assertThat(jar.output())
        .containsExactly(
            "a.example - ERROR Connection refused", "b.example - ERROR Connection refused");
    assertThat(jar.status()).isEqualTo(ExitStatus.SERVER_LOST);
    assertThat(jar.errors())
        .contains("server lost: Connection refused; not answered: a.example, b.example")
        .doesNotContain("Exception");
  }

  @Test
  void clientIsDoneWhenEachNameHasItsResult() throws Exception {
    Files.writeString(folder.resolve("PROJ2-HNS.txt"), "b.example\nno name\na.example\n");
    Files.writeString(folder.resolve("PROJ2-DNSTS1.txt"), "a.example 192.0.2.1 A\n");
    String silent = "b.example - TIMED OUT";
    try (Jar ts = Jar.start(folder, "ts1", "0")) {
      String port = ts.ready().get("ts.ts1.text").toString();
      Jar client = Jar.start(folder, "client", "127.0.0.1", port);
      assertThat(client.output())
          .containsExactly(silent, "no name - ERROR not a host name", "a.example 192.0.2.1 A IN");
      assertThat(client.status()).isEqualTo(ExitStatus.OK);
      Jar query = Jar.start(folder, "query", "-s", "127.0.0.1:" + port, "b.example", "a.example");
      assertThat(query.output()).containsExactly(silent, "a.example 192.0.2.1 A IN");
      assertThat(query.status()).isEqualTo(ExitStatus.NOT_ALL_ANSWERED);
    }
  }

  @Test
  void clientWithoutServerOrNamesSaysSoInItsStatus() throws Exception {
    int nobody;
    try (ServerSocket free = Peer.listen()) {
      nobody = free.getLocalPort();
    }
    String[] client = {"client", "127.0.0.1", String.valueOf(nobody)};
    assertThat(Jar.start(folder, client).status()).isEqualTo(ExitStatus.CANNOT_START);
    Files.writeString(folder.resolve("PROJ2-HNS.txt"), "a.example\n");
    Jar jar = Jar.start(folder, client);
    assertThat(jar.output()).containsExactly("a.example - ERROR Connection refused");
    assertThat(jar.status()).isEqualTo(ExitStatus.SERVER_LOST);
    assertThat(Files.readAllLines(folder.resolve("RESOLVED.txt")))
        .containsExactly("a.example - ERROR Connection refused");
  }

  @Test
  void lostServerIsStatus3AndAnswersAreKept() throws Exception {
    try (ServerSocket listener = Peer.listen()) {
      Jar jar =
          Jar.start(
              folder,
              "query",
              "-s",
              "127.0.0.1:" + listener.getLocalPort(),
              "a.example",
              "b.example");
      try (Peer server = Peer.accept(listener)) {
        server.receiveLine();
        server.receiveLine();
        server.send("a.example 192.0.2.1 A IN\n");
      }
      assertThat(jar.output())
          .containsExactly(
              "a.example 192.0.2.1 A IN", "b.example - ERROR connection closed by the server");
      assertThat(jar.status()).isEqualTo(ExitStatus.SERVER_LOST);
    }
  }

  @Test
  void unusableInputOrOutputIsStatus2() throws Exception {
    expectCannotStart(
        "firstanswer: missing.txt: names cannot be read: no such file (looked in "
            + folder.toRealPath()
            + ")\n",
        "query",
        "-f",
        "missing.txt");
    expectCannotStart(
        "firstanswer: results cannot be written: no/out.txt: no such file\n",
        "query",
        "-o",
        "no/out.txt",
        "a.example");
  }

  @Test
  void outputThatIsTheInputIsRefusedAndKept() throws Exception {
    Files.writeString(folder.resolve("names.txt"), "a.example\n");
    Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("names.txt"));
    Files.writeString(
        folder.resolve("client.conf"),
        "firstanswer { roles = [client], client { input = names.txt, output = link.txt } }");
    String line =
        "firstanswer: firstanswer.client.output = link.txt: is also the file of names"
            + " (client.input); give another file\n";
    expectCannotStart(line, "-c", "client.conf");
    expectCannotStart(line, "check", "-c", "client.conf");
    expectCannotStart(
        "firstanswer: link.txt: is also the file of names (-f); give another file\n",
        "query",
        "-f",
        "names.txt",
        "-o",
        "link.txt");
    assertThat(folder.resolve("names.txt")).hasContent("a.example");
  }

  @Test
  void controlCharactersOfAServerDoNotReachTheTerminal() throws Exception {
    try (ServerSocket listener = Peer.listen()) {
      String server = "127.0.0.1:" + listener.getLocalPort();
      Jar jar = Jar.start(folder, "query", "-s", server, "a.example", "b.example");
      try (Peer peer = Peer.accept(listener)) {
        peer.receiveLine();
        peer.receiveLine();
        peer.send("a.example 192.0.2.1 A IN \u001b]0;title\u0007\u009b2J\n");
        peer.send("b.example \u001b[2J\n");
        assertThat(jar.output())
            .containsExactly(
                "a.example 192.0.2.1 A IN \\027]0;title\\007\\1552J",
                "b.example - ERROR unreadable answer: b.example \\027[2J");
      }
    }
  }

  private static String[] with(List<String> start, String last) {
    return java.util.stream.Stream.concat(start.stream(), java.util.stream.Stream.of(last))
        .toArray(String[]::new);
  }
}
