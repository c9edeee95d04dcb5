package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import firstanswer.testing.Jar;
import firstanswer.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, a process a role. */
class FourProcessesIT {
  private static final List<String> SAMPLE =
      List.of(
          "www.princeton.edu 128.1.1.4 A IN",
          "rutgers.edu 172.34.4.6 A IN",
          "nothinghere.com - TIMED OUT",
          "GOOGLE.com 46.1.3.7 A IN",
          "www.google.com - TIMED OUT");

  @TempDir private Path folder;
  private final List<Jar> processes = new ArrayList<>();

  @BeforeEach
  void copyTheShippedFiles() throws IOException {
    Files.createDirectory(folder.resolve("conf"));
    for (String file : List.of("application.conf", "ts1.txt", "ts2.txt", "names.txt")) {
      Files.copy(Path.of("conf", file), folder.resolve("conf").resolve(file));
    }
  }

  private static final List<String> DNS_OFF =
      List.of(
          "-Dfirstanswer.ts.ts1.dns=off",
          "-Dfirstanswer.ts.ts2.dns=off",
          "-Dfirstanswer.ls.dns=off");

  @AfterEach
  void killAll() {
    processes.forEach(Jar::close);
  }

  @Test
  void oneProcessPerRoleAnswersTheSample() throws Exception {
    int ls = startServers("-Dfirstanswer.ls.text-deadline=1s");
    Jar client = start("--role", "client", "-Dfirstanswer.client.server=127.0.0.1:" + ls);
    assertThat(client.output()).isEqualTo(SAMPLE);
    assertThat(client.status()).isEqualTo(ExitStatus.OK);
    assertThat(Files.readAllLines(folder.resolve("RESOLVED.txt"))).isEqualTo(SAMPLE);
    assertThat(client.errors()).contains("5 names: 3 answered, 2 timed out, 0 errors");
  }

  @Test
  void assignmentCommandLinesAnswerTheSample() throws Exception {
    Files.copy(Path.of("conf/ts1.txt"), folder.resolve("PROJ2-DNSTS1.txt"));
    Files.copy(Path.of("conf/ts2.txt"), folder.resolve("PROJ2-DNSTS2.txt"));
    Files.write(
        folder.resolve("PROJ2-HNS.txt"), List.of("www.princeton.edu", "rutgers.edu", "google.com"));
    String ts1 = start("ts1", "0").ready().get("ts.ts1.text").toString();
    String ts2 = start("ts2", "0").ready().get("ts.ts2.text").toString();
    int ls = start("ls", "0", "127.0.0.1", ts1, "localhost", ts2).ready().get("ls.text");
    Jar client = start("client", "127.0.0.1", String.valueOf(ls));
    List<String> known = List.of(SAMPLE.get(0), SAMPLE.get(1), SAMPLE.get(3));
    assertThat(client.output()).isEqualTo(known);
    assertThat(client.status()).isEqualTo(ExitStatus.OK);
    assertThat(Files.readAllLines(folder.resolve("RESOLVED.txt"))).isEqualTo(known);
    Jar bare = start("client", "127.0.0.1", String.valueOf(ls), "--framing", "bare");
    assertThat(bare.output()).isEqualTo(known);
    assertThat(bare.status()).isEqualTo(ExitStatus.OK);
  }

  /** A table server dies and comes back at its port while a batch is on its way. */
  @Test
  void killedTableServerLosesNoQueryAndIsFoundAgain() throws Exception {
    List<String> names = IntStream.range(0, 20_000).mapToObj(i -> "host" + i + ".example").toList();
    writeTable("ts1.txt", names.stream().filter(n -> n.hashCode() % 2 == 0).toList());
    writeTable("ts2.txt", names.stream().filter(n -> n.hashCode() % 2 != 0).toList());
    Jar ts1 = start("--role", "ts1", "-Dfirstanswer.ts.ts1.text=127.0.0.1:0");
    int ts1Port = ts1.ready().get("ts.ts1.text");
    Jar ts2 = start("--role", "ts2", "-Dfirstanswer.ts.ts2.text=127.0.0.1:0");
    int ls = startLs(ts1Port, ts2.ready().get("ts.ts2.text"), "-Dfirstanswer.ls.text-deadline=1s");
    try (Peer client = Peer.connect(ls)) {
      List<String> answers = new ArrayList<>();
      int killed = 5_000;
      for (int i = 0; i < names.size(); i += 100) {
        client.send(String.join("\n", names.subList(i, i + 100)) + "\n");
        if (i == killed) {
          ts1.close();
          ts1.status();
        }
        if (i == killed + 100) {
          ts1 = start("--role", "ts1", "-Dfirstanswer.ts.ts1.text=127.0.0.1:" + ts1Port);
        }
        if (i >= 200) {
          receive(client, answers, 100);
        }
      }
      receive(client, answers, 200);
      assertThat(answers).hasSameSizeAs(names);
      for (int i = 0; i < names.size(); i++) {
        assertThat(answers.get(i))
            .isIn(names.get(i) + " 192.0.2.1 A IN", names.get(i) + " - TIMED OUT");
      }
      ts1.ready();
      long back = System.nanoTime();
      String ofTs1 = names.stream().filter(n -> n.hashCode() % 2 == 0).findFirst().orElseThrow();
      while (!client.send(ofTs1 + "\n").receiveLine().endsWith("A IN")) {}
      assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void sigtermDuringABatchAnswersWhatIsInFlight() throws Exception {
    Map<String, Integer> ports;
    Jar all =
        start(
            "--role",
            "ts1",
            "--role",
            "ts2",
            "--role",
            "ls",
            "-Dfirstanswer.ts.ts1.text=off",
            "-Dfirstanswer.ts.ts2.text=off",
            "-Dfirstanswer.ls.text=127.0.0.1:0",
            "-Dfirstanswer.ls.text-deadline=2s");
    ports = all.ready();
    try (Peer client = Peer.connect(ports.get("ls.text"))) {
      client.send("nothinghere.com\nrutgers.edu\n");
      // Its answer says that the two before it have been taken, too.
      try (Peer other = Peer.connect(ports.get("ls.text"))) {
        assertThat(other.send("rutgers.edu\n").receiveLine()).isEqualTo(SAMPLE.get(1));
      }
      all.terminate();
      assertThat(client.receiveAll())
          .isEqualTo("nothinghere.com - TIMED OUT\n" + SAMPLE.get(1) + "\n");
    }
    assertThat(all.status()).isEqualTo(ExitStatus.OK);
    assertThat(all.errors()).doesNotContain("Exception");
  }

  @Test
  void sigtermEndsAProcessWithABatch() throws Exception {
    Jar all =
        start(
            "-Dfirstanswer.ts.ts1.text=off",
            "-Dfirstanswer.ts.ts2.text=off",
            "-Dfirstanswer.ls.text=127.0.0.1:0",
            "-Dfirstanswer.client.server=ls",
            "-Dfirstanswer.ls.text-deadline=2s");
    all.ready();
    all.terminate();
    assertThat(all.status()).as("%s", all.errors()).isEqualTo(ExitStatus.OK);
    List<String> resolved = Files.readAllLines(folder.resolve("RESOLVED.txt"));
    assertThat(SAMPLE.subList(0, resolved.size())).isEqualTo(resolved);
    assertThat(all.errors()).doesNotContain("Exception");
  }

  @Test
  void sighupReloadsTheTables() throws Exception {
    assumeFalse(Jar.hangUpIsIgnored(), "SIGHUP is ignored here");
    Jar ts1 = start("--role", "ts1", "-Dfirstanswer.ts.ts1.text=127.0.0.1:0");
    try (Peer client = Peer.connect(ts1.ready().get("ts.ts1.text"))) {
      assertThat(client.send("rutgers.edu\n").receiveLine()).isEqualTo(SAMPLE.get(1));
      Files.writeString(folder.resolve("conf/ts1.txt"), "rutgers.edu 192.0.2.7 A\n");
      ts1.hangUp();
      String answer = SAMPLE.get(1);
      while (answer.equals(SAMPLE.get(1))) {
        answer = client.send("rutgers.edu\n").receiveLine();
      }
      assertThat(answer).isEqualTo("rutgers.edu 192.0.2.7 A IN");
    }
  }

  /** Each protocol's manners, from the client to the table. */
  @Test
  void missIsTimedOutInTextAndNxdomainInDns() throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--role=ls",
                "-Dfirstanswer.ls.text=127.0.0.1:0",
                "-Dfirstanswer.ls.dns=127.0.0.1:0",
                "-Dfirstanswer.ls.text-deadline=1s"));
    for (String ts : List.of("ts1", "ts2")) {
      String key = "-Dfirstanswer.ts." + ts;
      Map<String, Integer> ports =
          start("--role=" + ts, key + ".text=127.0.0.1:0", key + ".dns=127.0.0.1:0").ready();
      arguments.add(key + ".text=127.0.0.1:" + ports.get("ts." + ts + ".text"));
      arguments.add(key + ".dns=127.0.0.1:" + ports.get("ts." + ts + ".dns"));
    }
    Map<String, Integer> ls = start(arguments.toArray(String[]::new)).ready();
    List<String> answers = new ArrayList<>();
    for (String server :
        List.of("127.0.0.1:" + ls.get("ls.text"), "dns://127.0.0.1:" + ls.get("ls.dns"))) {
      answers.addAll(start("query", "-s", server, "Rutgers.edu", "nothinghere.com").output());
    }
    assertThat(answers)
        .containsExactly(
            "rutgers.edu 172.34.4.6 A IN",
            "nothinghere.com - TIMED OUT",
            "Rutgers.edu 172.34.4.6 A IN",
            "nothinghere.com - NOT FOUND");
  }

  private int startServers(String... lsArguments) throws IOException {
    int ts1 =
        start("--role", "ts1", "-Dfirstanswer.ts.ts1.text=127.0.0.1:0").ready().get("ts.ts1.text");
    int ts2 =
        start("--role", "ts2", "-Dfirstanswer.ts.ts2.text=127.0.0.1:0").ready().get("ts.ts2.text");
    return startLs(ts1, ts2, lsArguments);
  }

  private int startLs(int ts1, int ts2, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--role",
                "ls",
                "-Dfirstanswer.ls.text=127.0.0.1:0",
                "-Dfirstanswer.ts.ts1.text=127.0.0.1:" + ts1,
                "-Dfirstanswer.ts.ts2.text=127.0.0.1:" + ts2));
    arguments.addAll(List.of(more));
    return start(arguments.toArray(String[]::new)).ready().get("ls.text");
  }

  /** The shipped configuration names ports for DNS, which others may have. */
  private Jar start(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(arguments[0].startsWith("-") ? DNS_OFF : List.of());
    all.addAll(List.of(arguments));
    Jar process = Jar.start(folder, all.toArray(String[]::new));
    processes.add(process);
    return process;
  }

  private void writeTable(String file, List<String> names) throws IOException {
    Files.write(
        folder.resolve("conf").resolve(file),
        names.stream().map(name -> name + " 192.0.2.1 A").toList());
  }

  private static void receive(Peer client, List<String> answers, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      answers.add(client.receiveLine());
    }
  }
}
