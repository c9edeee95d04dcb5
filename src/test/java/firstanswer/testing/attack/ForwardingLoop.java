package firstanswer.testing.attack;

import firstanswer.testing.Peer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Seems to be a server of the text protocol, and hands each connection on to {@link #to}. */
public final class ForwardingLoop implements Closeable {
  private final ServerSocket listener = Peer.listen();
  private volatile int target;

  /** Begins without a target: connections wait for it. */
  public ForwardingLoop() throws IOException {}

  /** The port of loopback at which it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on, connections go on to {@code port} of loopback. */
  public ForwardingLoop to(int port) {
    target = port;
    start(this::accept);
    return this;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket from = listener.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
        start(() -> pass(from, to));
        start(() -> pass(to, from));
      } catch (IOException e) {
        // Either end is gone; the next connection may do better.
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The other side has left.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "loop");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
