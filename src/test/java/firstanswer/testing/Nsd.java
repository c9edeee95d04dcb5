package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The name server NSD with zones of its own. */
public final class Nsd implements Closeable {
  private final Tool process;
  private final int port;

  private Nsd(Tool process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one at a free port of loopback, and waits until it listens.
   *
   * @param folder its own, empty
   * @param zones master files by origin
   */
  public static Nsd start(Path folder, Map<String, String> zones)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = Peer.listen()) {
      port = free.getLocalPort();
    }
    StringBuilder configuration =
        new StringBuilder(
            """
            server:
              ip-address: 127.0.0.1@%d
              username: ""
              database: ""
              tcp-count: 1000
              rrl-ratelimit: 0
              zonesdir: "%s"
              pidfile: "nsd.pid"
              logfile: "nsd.log"
              xfrdfile: "xfrd.state"
              zonelistfile: "zone.list"
            remote-control:
              control-enable: no
            """
                .formatted(port, folder));
    for (Map.Entry<String, String> zone : zones.entrySet()) {
      Files.writeString(folder.resolve(zone.getKey()), zone.getValue());
      configuration.append(
          "zone:\n  name: %s\n  zonefile: %s\n".formatted(zone.getKey(), zone.getKey()));
    }
    Path file = Files.writeString(folder.resolve("nsd.conf"), configuration);
    Tool process = Tool.start("nsd", "-d", "-c", file.toString());
    process.awaitTcp(port);
    return new Nsd(process, port);
  }

  public int port() {
    return port;
  }

  /** As an upstream of the load balancer. */
  public String uri() {
    return "dns://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
