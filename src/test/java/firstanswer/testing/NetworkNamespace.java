package firstanswer.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A host of its own on this machine, at one address, which can vanish. Needs root on Linux. */
public final class NetworkNamespace implements AutoCloseable {
  /** Its address; that of this host ends in .1 (RFC 5737). */
  public static final String ADDRESS = "198.51.100.2";

  private static final String NETWORK = "/24";

  private final Path folder;
  private final String name = "firstanswer-" + ProcessHandle.current().pid();
  private final String near = "fa" + ProcessHandle.current().pid() + "a";
  private final String far = "fa" + ProcessHandle.current().pid() + "b";

  private NetworkNamespace(Path folder) {
    this.folder = folder;
  }

  /** Skips the test that calls this if there can be none. */
  public static NetworkNamespace create(Path folder) throws IOException, InterruptedException {
    Tool.assumeInstalled("ip");
    NetworkNamespace created = new NetworkNamespace(folder);
    String problem = created.ip("netns", "add", created.name);
    assumeTrue(problem.isEmpty(), "no network namespace: " + problem);
    created.connect();
    return created;
  }

  private void connect() throws IOException, InterruptedException {
    ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", name);
    ip("addr", "add", "198.51.100.1" + NETWORK, "dev", near);
    ip("link", "set", near, "up");
    ip("-n", name, "link", "set", far, "up");
    String problem = ip("-n", name, "addr", "add", ADDRESS + NETWORK, "dev", far);
    if (!problem.isEmpty()) {
      close();
    }
    assumeTrue(problem.isEmpty(), "no network: " + problem);
  }

  /** The host gets one more address, in 198.51.100.0/24. */
  public void add(String address) throws IOException, InterruptedException {
    String problem = ip("-n", name, "addr", "add", address + NETWORK, "dev", far);
    if (!problem.isEmpty()) {
      throw new IOException(problem);
    }
  }

  /** The host answers nothing any more, and closes nothing. */
  public void vanish() throws IOException, InterruptedException {
    ip("-n", name, "addr", "del", ADDRESS + NETWORK, "dev", far);
  }

  /** The host is back, with all its connections. */
  public void comeBack() throws IOException, InterruptedException {
    ip("-n", name, "addr", "add", ADDRESS + NETWORK, "dev", far);
  }

  List<String> launcher() {
    return List.of("ip", "netns", "exec", name);
  }

  private String ip(String... arguments) throws IOException, InterruptedException {
    return Tool.run(folder, "ip", arguments).strip();
  }

  @Override
  public void close() throws IOException {
    try {
      ip("netns", "del", name);
      ip("link", "del", near);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
