package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Jar;
import firstanswer.testing.Peer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load balancer that is its own upstream. The test stands in between and counts. */
class ForwardingLoopIT {
  /** Passes lines from one peer to the other until either closes. */
  private record Relay(Peer from, Peer to, Queue<String> lines) {
    void start() {
      Thread thread = new Thread(this::run, "relay");
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      try {
        while (true) {
          String line = from.receiveLine();
          lines.add(line);
          to.send(line + "\n");
        }
      } catch (IOException e) {
        // One end has closed, and the test is over.
      }
    }
  }

  @TempDir private Path folder;

  /**
   * A question that takes longer than a tenth of the deadline to come back may go round once more,
   * as it does while the process warms up on a busy machine; {@code SharedRacesTest} counts rounds
   * by a clock of its own. An endless loop makes thousands of rounds in this time.
   */
  private static final int MAX_ROUNDS = 5;

  @Test
  void queryInALoopDoesNotGoOnForEver() throws Exception {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    try (ServerSocket between = Peer.listen();
        Jar balancer =
            Jar.loadBalancer(
                folder,
                List.of("-Dfirstanswer.ls.text-deadline=1s"),
                "text://127.0.0.1:" + between.getLocalPort())) {
      int port = balancer.ready().get("ls.text");
      try (Peer from = Peer.accept(between);
          Peer to = Peer.connect(port);
          Peer client = Peer.connect(port)) {
        new Relay(from, to, asked).start();
        new Relay(to, from, new ConcurrentLinkedQueue<>()).start();
        client.send("Loop.example\n");
        assertThat(client.receiveLine()).isEqualTo("Loop.example - TIMED OUT");
        client.send("LOOP.example\n");
        assertThat(client.receiveLine()).isEqualTo("LOOP.example - TIMED OUT");
        assertThat(asked).contains("Loop.example").hasSizeLessThanOrEqualTo(2 * MAX_ROUNDS);
      }
    }
  }
}
