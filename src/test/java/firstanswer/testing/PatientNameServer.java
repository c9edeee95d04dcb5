package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Message;

/**
 * A name server that answers every question with {@link #ADDRESS}: over UDP after a while, over TCP
 * at once. It remembers where its queries over UDP came from, and under which ids.
 */
public final class PatientNameServer implements Closeable {
  /** In all its answers. */
  public static final String ADDRESS = "192.0.2.1";

  private static final int MAX_DATAGRAM_BYTES = 4096;

  /** Queries whose ports count as recent. */
  private static final int RECENT = 100;

  /** A query over UDP: where it came from, and under which id. */
  public record Seen(int port, int id) {}

  private final int answerAfterMillis;
  private final OverBoth server;
  private final DatagramSocket socket;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final List<Seen> seen = new ArrayList<>();

  private PatientNameServer(int answerAfterMillis, OverBoth server) {
    this.answerAfterMillis = answerAfterMillis;
    this.server = server;
    this.socket = server.datagrams();
    inBackground(this::serveUdp);
  }

  /** Starts one at a free port of loopback. */
  public static PatientNameServer start(int answerAfterMillis) throws IOException {
    return new PatientNameServer(
        answerAfterMillis, OverBoth.open(query -> Responses.positive(query, ADDRESS)));
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "patient");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /** The queries over UDP, in the order in which they came. */
  public synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The ports that the last queries over UDP came from. */
  public synchronized int[] recentPorts() {
    return seen.subList(Math.max(0, seen.size() - RECENT), seen.size()).stream()
        .mapToInt(Seen::port)
        .distinct()
        .toArray();
  }

  /** Sends a datagram from the server's own address, as one who can forge addresses does. */
  void sendAsServer(byte[] message, int port) throws IOException {
    send(message, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private void send(byte[] message, SocketAddress client) throws IOException {
    socket.send(new DatagramPacket(message, message.length, client));
  }

  private void serveUdp() {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        note(new Seen(packet.getPort(), query.getHeader().getID()));
        answerLater(Responses.positive(query, ADDRESS), packet.getSocketAddress());
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized void note(Seen query) {
    seen.add(query);
  }

  private void answerLater(byte[] answer, SocketAddress client) {
    var unused =
        later.schedule(
            () -> {
              send(answer, client);
              return null;
            },
            answerAfterMillis,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws IOException {
    later.shutdownNow();
    server.close();
  }
}
