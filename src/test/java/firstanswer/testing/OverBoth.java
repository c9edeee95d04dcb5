package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.function.Function;
import org.xbill.DNS.Message;

/**
 * A free port of loopback for DNS over UDP and TCP. Over TCP, every question is answered at once;
 * the datagrams are left to the user.
 */
public final class OverBoth implements Closeable {
  private final ServerSocket listener;
  private final DatagramSocket datagrams;
  private final Function<Message, byte[]> answer;

  private OverBoth(
      ServerSocket listener, DatagramSocket datagrams, Function<Message, byte[]> answer) {
    this.listener = listener;
    this.datagrams = datagrams;
    this.answer = answer;
    inBackground(this::accept);
  }

  /** Opens a port that is free in both protocols; {@code answer} gives the answer over TCP. */
  public static OverBoth open(Function<Message, byte[]> answer) throws IOException {
    while (true) {
      ServerSocket listener = Peer.listen();
      try {
        return new OverBoth(listener, new DatagramSocket(listener.getLocalSocketAddress()), answer);
      } catch (BindException e) {
        listener.close();
      }
    }
  }

  /** The socket for datagrams. */
  public DatagramSocket datagrams() {
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
        peer.send(answer.apply(peer.receive()));
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
