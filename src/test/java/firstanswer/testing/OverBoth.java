package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;

/**
 * A free port of loopback for DNS over UDP and TCP. Over TCP, every question is answered at once
 * with the same address; the datagrams are left to the user.
 */
final class OverBoth implements Closeable {
  private final ServerSocket listener;
  private final DatagramSocket datagrams;
  private final String address;

  private OverBoth(ServerSocket listener, DatagramSocket datagrams, String address) {
    this.listener = listener;
    this.datagrams = datagrams;
    this.address = address;
    inBackground(this::accept);
  }

  /** Opens a port that is free in both protocols; {@code address} is the answer over TCP. */
  static OverBoth open(String address) throws IOException {
    while (true) {
      ServerSocket listener = Peer.listen();
      try {
        return new OverBoth(
            listener, new DatagramSocket(listener.getLocalSocketAddress()), address);
      } catch (BindException e) {
        listener.close();
      }
    }
  }

  DatagramSocket datagrams() {
    return datagrams;
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "over-tcp");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        DnsPeer peer = DnsPeer.of(listener.accept());
        inBackground(() -> serve(peer));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(DnsPeer peer) {
    try (peer) {
      while (true) {
        peer.send(Responses.positive(peer.receive(), address));
      }
    } catch (IOException e) {
      // The other side has left.
    }
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    listener.close();
  }
}
