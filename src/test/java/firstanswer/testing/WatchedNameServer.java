package firstanswer.testing;

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A name server, slow over UDP, which answers every question with 192.0.2.1, and beside it an
 * attacker who sees its queries and answers them before it does, with 203.0.113.66.
 */
public final class WatchedNameServer implements AutoCloseable {
  private static final String RIGHT = "192.0.2.1";
  private static final String FORGED = "203.0.113.66";
  private static final int MAX_DATAGRAM_BYTES = 4096;

  /** Forged answers of each kind to each query. */
  private static final int ROUNDS = 5;

  /** A query: where it came from, and under which id. */
  public record Seen(int port, int id) {}

  private record Watched(Message query, SocketAddress client) {}

  private final int answerAfterMillis;
  private final OverBoth server;
  private final DatagramSocket socket;
  private final DatagramSocket attacker = loopback();
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<Watched> watched = new LinkedBlockingQueue<>();
  private final List<Seen> seen = new ArrayList<>();
  private final Set<Name> names = new HashSet<>();
  private final Set<SocketAddress> clients = new HashSet<>();
  private final AtomicInteger forged = new AtomicInteger();

  /** Listens at a free port of loopback. */
  public WatchedNameServer(int answerAfterMillis) throws IOException {
    this.answerAfterMillis = answerAfterMillis;
    this.server = OverBoth.open(query -> Responses.positive(query, RIGHT));
    this.socket = server.datagrams();
    start(this::serve);
  }

  private static DatagramSocket loopback() throws SocketException {
    return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "watched");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /** The queries in the order in which they came, without those that were sent again. */
  public synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** How many answers were forged. */
  public int forged() {
    return forged.get();
  }

  /** From now on. */
  public void forgeAnswers() {
    start(this::forge);
  }

  private void serve() {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        note(query, packet.getPort());
        watched.add(new Watched(query, packet.getSocketAddress()));
        byte[] answer = Responses.positive(query, RIGHT);
        SocketAddress client = packet.getSocketAddress();
        var unused =
            later.schedule(
                () -> send(socket, answer, client), answerAfterMillis, TimeUnit.MILLISECONDS);
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized void note(Message query, int port) {
    if (names.add(query.getQuestion().getName())) {
      seen.add(new Seen(port, query.getHeader().getID()));
    }
  }

  private void forge() {
    try {
      while (!attacker.isClosed()) {
        Watched next = watched.take();
        clients.add(next.client());
        for (int round = 1; round <= ROUNDS; round++) {
          forge(next.query(), next.client(), round);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each of them would be believed but for one thing. */
  private void forge(Message query, SocketAddress client, int round) {
    byte[] perfect = Responses.positive(query, FORGED);
    byte[] otherId = perfect.clone();
    otherId[round % 2] ^= (byte) round;
    forge(socket, otherId, client);
    forge(attacker, perfect, client);
    forge(attacker, Responses.truncated(query), client);
    forge(socket, Responses.positive(otherQuestion(query), FORGED), client);
    clients.stream()
        .filter(other -> !other.equals(client))
        .forEach(other -> forge(socket, perfect, other));
  }

  private void forge(DatagramSocket from, byte[] answer, SocketAddress client) {
    forged.incrementAndGet();
    send(from, answer, client);
  }

  private static Message otherQuestion(Message query) {
    Name name = query.getQuestion().getName();
    Message other = Message.newQuery(Record.newRecord(name, Type.AAAA, DClass.IN));
    other.getHeader().setID(query.getHeader().getID());
    return other;
  }

  private void send(DatagramSocket from, byte[] answer, SocketAddress client) {
    try {
      from.send(new DatagramPacket(answer, answer.length, client));
    } catch (IOException e) {
      if (!from.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    later.shutdownNow();
    server.close();
    attacker.close();
  }
}
