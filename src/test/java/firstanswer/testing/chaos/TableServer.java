package firstanswer.testing.chaos;

import firstanswer.testing.Jar;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table server, a process of the packaged jar, that can be killed and frozen, and comes back. */
public final class TableServer implements Closeable {
  private final Path folder;
  private final Path table;
  private final String protocol;
  private final int port;
  private Jar process;
  private boolean ready = true;

  private TableServer(Path folder, Path table, String protocol) throws IOException {
    this.folder = folder;
    this.table = table;
    this.protocol = protocol;
    this.process = start(0);
    this.port = process.ready().values().iterator().next();
  }

  /**
   * The server of that number, with its share of {@link SplitNames}; waits until it listens.
   *
   * @param protocol dns or text
   */
  public static TableServer start(Path folder, int number, String protocol) throws IOException {
    Path table = Files.write(folder.resolve("table" + number + ".txt"), SplitNames.table(number));
    return new TableServer(folder, table, protocol);
  }

  private Jar start(int atPort) throws IOException {
    return Jar.start(
        folder,
        "--role=chaos",
        "-Dfirstanswer.ts.chaos.table=" + table,
        "-Dfirstanswer.ts.chaos.misses=answered",
        "-Dfirstanswer.ts.chaos." + protocol + "=127.0.0.1:" + atPort);
  }

  /** As an upstream of the load balancer. */
  public String uri() {
    return protocol + "://127.0.0.1:" + port;
  }

  String protocol() {
    return protocol;
  }

  synchronized void kill() throws InterruptedException {
    process.close();
    process.status();
  }

  synchronized void freeze() throws IOException, InterruptedException {
    process.signal("STOP");
  }

  /** Is thawed, or starts again at its port; does not wait until it listens. */
  synchronized void heal() throws IOException, InterruptedException {
    if (process.isAlive()) {
      process.signal("CONT");
    } else {
      process = start(port);
      ready = false;
    }
  }

  /** Waits until it listens, if it is not frozen. */
  synchronized void awaitReady() throws IOException {
    if (!ready) {
      process.ready();
      ready = true;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    process.close();
  }
}
