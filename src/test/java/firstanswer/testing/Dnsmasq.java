package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The forwarder dnsmasq, which asks all servers and keeps nothing. */
public final class Dnsmasq implements Closeable {
  private final Tool process;
  private final int port;

  private Dnsmasq(Tool process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one at a free port of loopback, in front of servers on loopback. */
  public static Dnsmasq start(int... upstreamPorts) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = Peer.listen()) {
      port = free.getLocalPort();
    }
    List<String> arguments = arguments(port, upstreamPorts);
    Tool process = Tool.start("dnsmasq", arguments.toArray(String[]::new));
    process.awaitTcp(port);
    return new Dnsmasq(process, port);
  }

  /** The option of the program for that. */
  static List<String> arguments(int port, int... upstreamPorts) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--no-resolv",
                "--no-hosts",
                "--all-servers",
                "--cache-size=0",
                "--dns-forward-max=1000",
                "--user=",
                "--pid-file=",
                "--listen-address=127.0.0.1",
                "--bind-interfaces",
                "--port=" + port));
    Arrays.stream(upstreamPorts).forEach(p -> arguments.add("--server=127.0.0.1#" + p));
    return arguments;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }
}
