package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import org.xbill.DNS.Message;

/**
 * A name server that holds every name, but cuts all its answers over UDP. Over TCP it gives the
 * whole answer or cannot be reached.
 */
public final class CutNameServer implements Closeable {
  private static final int MAX_DATAGRAM_BYTES = 4096;
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
  private static final String ADDRESS = "192.0.2.1";

  private final DatagramSocket socket;
  private final Closeable tcp;
  private final Arrivals arrivals = new Arrivals();

  private CutNameServer(DatagramSocket socket, Closeable tcp) {
    this.socket = socket;
    this.tcp = tcp;
  }

  /** One that refuses TCP connections. */
  public static CutNameServer refusingTcp() throws IOException {
    while (true) {
      Socket deaf = Peer.deaf();
      try {
        return new CutNameServer(udp(deaf.getLocalPort()), deaf).start();
      } catch (BindException e) {
        deaf.close();
      }
    }
  }

  /**
   * One that answers the first query of each TCP connection, sends no more, and closes when the
   * other side does.
   */
  public static CutNameServer answeringOncePerConnection() throws IOException {
    while (true) {
      ServerSocket listener = Peer.listen();
      try {
        CutNameServer server = new CutNameServer(udp(listener.getLocalPort()), listener);
        inBackground(() -> server.accept(listener));
        return server.start();
      } catch (BindException e) {
        listener.close();
      }
    }
  }

  private static DatagramSocket udp(int port) throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    return socket;
  }

  private CutNameServer start() {
    inBackground(this::serve);
    return this;
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "cut");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /** When it was asked for what. */
  public Arrivals arrivals() {
    return arrivals;
  }

  private void serve() {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        arrivals.note(query.getQuestion().getName());
        byte[] cut = Responses.truncated(query);
        socket.send(new DatagramPacket(cut, cut.length, packet.getSocketAddress()));
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void accept(ServerSocket listener) {
    while (!listener.isClosed()) {
      try {
        DnsPeer peer = DnsPeer.of(listener.accept());
        inBackground(() -> answerOnce(peer));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answerOnce(DnsPeer peer) {
    try (peer) {
      Message query = peer.receive();
      peer.send(Responses.positive(query, ADDRESS)).finish();
    } catch (IOException e) {
      // The other side has left.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    tcp.close();
  }
}
