package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * A resolver that works at few queries at a time, 10 ms at each, and drops or refuses more. It
 * holds some names, all at the address {@link #ADDRESS}, and denies the others.
 */
public final class BusyNameServer implements Closeable {
  /** In all its positive answers. */
  public static final String ADDRESS = "192.0.2.1";

  private static final int WORK_MILLIS = 10;
  private static final int MAX_DATAGRAM_BYTES = 4096;

  private final DatagramSocket socket;
  private final int limit;
  private final boolean refuses;
  private final Predicate<String> holds;
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

  private BusyNameServer(
      DatagramSocket socket, int limit, boolean refuses, Predicate<String> holds) {
    this.socket = socket;
    this.limit = limit;
    this.refuses = refuses;
    this.holds = holds;
    Thread thread = new Thread(this::serve, "busy");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts one at a free port of loopback.
   *
   * @param limit the most queries at a time
   * @param refuses whether it refuses further queries, in place of dropping them
   * @param holds the names that it holds, as text with a dot at the end
   */
  public static BusyNameServer start(int limit, boolean refuses, Predicate<String> holds)
      throws IOException {
    return new BusyNameServer(
        new DatagramSocket(0, InetAddress.getLoopbackAddress()), limit, refuses, holds);
  }

  /** As an upstream of the load balancer. */
  public String uri() {
    return "dns://127.0.0.1:" + socket.getLocalPort();
  }

  /** The number of queries that it has dropped or refused. */
  public int turnedAway() {
    return turnedAway.get();
  }

  private void serve() {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    while (true) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        take(query, packet.getSocketAddress());
      } catch (IOException e) {
        return;
      }
    }
  }

  private void take(Message query, SocketAddress client) throws IOException {
    if (working.get() < limit) {
      working.incrementAndGet();
      var unused = later.schedule(() -> finish(query, client), WORK_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    turnedAway.incrementAndGet();
    if (refuses) {
      send(response(query, Rcode.REFUSED), client);
    }
  }

  private Void finish(Message query, SocketAddress client) throws IOException {
    working.decrementAndGet();
    boolean held = holds.test(query.getQuestion().getName().toString());
    send(held ? Responses.positive(query, ADDRESS) : response(query, Rcode.NXDOMAIN), client);
    return null;
  }

  /** With RA, as resolvers answer. */
  private static byte[] response(Message query, int rcode) {
    return Responses.response(
            query,
            m -> {
              m.getHeader().setFlag(Flags.RA);
              m.getHeader().setRcode(rcode);
            })
        .toWire();
  }

  private void send(byte[] message, SocketAddress client) throws IOException {
    socket.send(new DatagramPacket(message, message.length, client));
  }

  @Override
  public void close() {
    socket.close();
    later.shutdownNow();
  }
}
