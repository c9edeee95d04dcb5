package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.AssignmentLs;
import firstanswer.testing.AssignmentTs;
import firstanswer.testing.Jar;
import firstanswer.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the assignment, on raw sockets without newlines, in all three places. */
class AssignmentProgramsIT {
  private static final String RUTGERS = "rutgers.edu 172.34.4.6 A IN";
  private static final String GOOGLE = "GOOGLE.com 46.1.3.7 A IN";

  @TempDir private Path folder;

  @Test
  void theirClientAsksOurLoadBalancer() throws Exception {
    try (Jar servers = startServers()) {
      int ls = servers.ready().get("ls.text");
      try (Peer client = Peer.connect(ls)) {
        assertThat(client.send("rutgers.edu").receive()).isEqualTo(RUTGERS);
        assertThat(client.send("nothinghere.com").receive())
            .isEqualTo("nothinghere.com - TIMED OUT");
        assertThat(client.send("google.com").receive()).isEqualTo(GOOGLE);
        assertThat(client.send("EOF").receiveAll()).isEmpty();
      }
      try (Peer withoutEof = Peer.connect(ls)) {
        assertThat(withoutEof.send("google.com").receive()).isEqualTo(GOOGLE);
      }
      for (String answer : List.of(RUTGERS, GOOGLE, RUTGERS)) {
        try (Peer anew = Peer.connect(ls)) {
          anew.send(answer.substring(0, answer.indexOf(' '))).shutdownOutput();
          assertThat(anew.receiveAll()).isEqualTo(answer);
        }
      }
    }
  }

  @Test
  void theirLoadBalancerAsksOurTableServers() throws Exception {
    try (Jar servers = startServers()) {
      Map<String, Integer> ports = servers.ready();
      int ts1 = ports.get("ts.ts1.text");
      int ts2 = ports.get("ts.ts2.text");
      assertThat(AssignmentLs.askOnce("RUTGERS.edu", ts1, ts2)).contains(RUTGERS);
      assertThat(AssignmentLs.askOnce("google.com", ts1, ts2)).contains(GOOGLE);
      assertThat(AssignmentLs.askOnce("nothinghere.com", ts1, ts2)).isEmpty();
      try (Peer toTs1 = Peer.connect(ts1);
          Peer toTs2 = Peer.connect(ts2)) {
        List<Peer> open = List.of(toTs1, toTs2);
        assertThat(AssignmentLs.ask("rutgers.edu", open)).contains(RUTGERS);
        assertThat(AssignmentLs.ask("nothinghere.com", open)).isEmpty();
        assertThat(AssignmentLs.ask("google.com", open)).contains(GOOGLE);
        assertThat(toTs1.send("EOF").receiveAll()).isEmpty();
      }
    }
  }

  @Test
  void ourLoadBalancerAsksTheirTableServers() throws Exception {
    AssignmentTs ts1 = new AssignmentTs(Map.of("rutgers.edu", RUTGERS));
    AssignmentTs ts2 = new AssignmentTs(Map.of("google.com", GOOGLE));
    try (Jar ls =
        Jar.start(
            folder,
            "-Dfirstanswer.roles.0=ls",
            "-Dfirstanswer.ls.text=127.0.0.1:0",
            "-Dfirstanswer.ls.text-deadline=3s",
            "-Dfirstanswer.ls.upstreams.0=text://127.0.0.1:" + ts1.port() + "?framing=bare",
            "-Dfirstanswer.ls.upstreams.1=text://127.0.0.1:" + ts2.port() + "?framing=bare")) {
      try (Peer client = Peer.connect(ls.ready().get("ls.text"))) {
        client.send("google.com\nrutgers.edu\nnothinghere.com\nGoogle.com\n");
        assertThat(client.receiveLine()).isEqualTo(GOOGLE);
        assertThat(client.receiveLine()).isEqualTo(RUTGERS);
        assertThat(client.receiveLine()).isEqualTo("nothinghere.com - TIMED OUT");
        assertThat(client.receiveLine()).isEqualTo(GOOGLE);
      }
      ls.terminate();
      assertThat(ls.status()).isEqualTo(ExitStatus.OK);
    }
    assertThat(ts1.left().get(10, TimeUnit.SECONDS)).isEqualTo("EOF");
    assertThat(ts2.left().get(10, TimeUnit.SECONDS)).isEqualTo("EOF");
    assertThat(ts1.received())
        .contains("rutgers.edu", "nothinghere.com")
        .isSubsetOf("google.com", "rutgers.edu", "nothinghere.com", "Google.com");
  }

  private Jar startServers() throws Exception {
    Files.copy(Path.of("conf/ts1.txt"), folder.resolve("ts1.txt"));
    Files.copy(Path.of("conf/ts2.txt"), folder.resolve("ts2.txt"));
    Files.writeString(
        folder.resolve("all.conf"),
        """
        firstanswer {
          roles = [ts1, ts2, ls]
          ts.ts1 { table = ts1.txt, text = "127.0.0.1:0" }
          ts.ts2 { table = ts2.txt, text = "127.0.0.1:0" }
          ls { text = "127.0.0.1:0", upstreams = [ts1, ts2], text-deadline = 1s }
        }
        """);
    return Jar.start(folder, "-c", "all.conf");
  }
}
