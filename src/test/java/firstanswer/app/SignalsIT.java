package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import firstanswer.testing.Jar;
import firstanswer.testing.Peer;
import firstanswer.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar on signals that do not end it. */
class SignalsIT {
  private static final Pattern FIGURES =
      Pattern.compile(
          "process: up [0-9]+ s, .*, heap [0-9]+ of [0-9]+ MiB\n"
              + ".* t: 2 queries, 0 in flight, 1 positive, 0 \"no\", 0 failures, 1 without an answer");

  @TempDir private Path folder;

  @BeforeEach
  void writeConfiguration() throws IOException {
    Files.writeString(folder.resolve("t.txt"), "a.example 192.0.2.1 A\n");
    Files.writeString(
        folder.resolve("ts.conf"),
        "firstanswer { roles = [t], ts.t { table = t.txt, text = \"127.0.0.1:0\" } }");
  }

  @Test
  void sigusr1WritesFiguresToTheLog() throws Exception {
    try (Jar jar = Jar.start(folder, "-c", "ts.conf");
        Peer client = Peer.connect(jar.ready().get("ts.t.text"))) {
      client.send("missing.example\na.example\n");
      assertThat(client.receiveLine()).isEqualTo("a.example 192.0.2.1 A IN");
      do {
        jar.signal("USR1");
      } while (jar.isAlive() && !FIGURES.matcher(jar.errors()).find());
      jar.terminate();
      assertThat(jar.status()).isEqualTo(ExitStatus.OK);
    }
  }

  @Test
  void sigusr2ChangesNothing() throws Exception {
    try (Jar jar = Jar.start(folder, "-c", "ts.conf")) {
      int port = jar.ready().get("ts.t.text");
      for (int i = 0; i < 5; i++) {
        jar.signal("USR2");
        try (Peer client = Peer.connect(port)) {
          assertThat(client.send("a.example\n").receiveLine())
              .isEqualTo("a.example 192.0.2.1 A IN");
        }
      }
      jar.terminate();
      assertThat(jar.status()).isEqualTo(ExitStatus.OK);
    }
  }

  @Test
  void startUnderNohupSaysThatSighupReloadsNothing() throws Exception {
    Tool.assumeInstalled("nohup");
    assumeTrue(Files.exists(Path.of("/proc/self/status")));
    try (Jar jar = Jar.startUnderNohup(folder, "-c", "ts.conf")) {
      assertThat(jar.ready()).containsKey("ts.t.text");
      jar.hangUp();
      jar.terminate();
      assertThat(jar.status()).isEqualTo(ExitStatus.OK);
      assertThat(jar.errors()).contains("SIGHUP is ignored here, as under nohup");
    }
  }
}
