package firstanswer.testing.chaos;

import firstanswer.testing.OverBoth;
import firstanswer.testing.Responses;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A name server that holds some of the {@link SplitNames}, and changes its manners over UDP. Over
 * TCP it cannot be reached, or always answers well.
 */
public final class ChaoticNameServer implements Closeable {

  /** How it answers; where it forges an answer, the right one follows. */
  enum Manner {
    GOOD,
    SLOW,
    VERY_SLOW,
    SILENT,
    FAILING,
    TWICE,
    CONTRADICTING_ITSELF,
    TO_ANOTHER_NAME,
    WITH_ANOTHER_ID,
    FROM_ANOTHER_PORT,
    GARBAGE,
    UNREADABLE,
    /** With TC. */
    CUT
  }

  private static final String FORGED = "203.0.113.66";
  private static final int SOON_MILLIS = 10;
  private static final int SLOW_MILLIS = 300;
  private static final int VERY_SLOW_MILLIS = 3000;
  private static final int MAX_DATAGRAM_BYTES = 4096;
  private static final int BUFFER_BYTES = 4 << 20;

  private final int number;
  private final Random random;
  private final DatagramSocket socket;
  private final Closeable port;
  private final DatagramSocket elsewhere = loopback();
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private volatile Manner manner = Manner.GOOD;

  /** The server of that number, over UDP only; it begins well-mannered. */
  public static ChaoticNameServer overUdp(int number, Random random) throws IOException {
    DatagramSocket socket = loopback();
    return new ChaoticNameServer(number, random, socket, socket);
  }

  /** The server of that number, over UDP and TCP; it begins well-mannered. */
  public static ChaoticNameServer overBoth(int number, Random random) throws IOException {
    OverBoth port = OverBoth.open(query -> right(query, number));
    return new ChaoticNameServer(number, random, port.datagrams(), port);
  }

  private ChaoticNameServer(int number, Random random, DatagramSocket socket, Closeable port)
      throws SocketException {
    this.number = number;
    this.random = random;
    this.socket = socket;
    this.port = port;
    socket.setReceiveBufferSize(BUFFER_BYTES);
    Thread thread = new Thread(this::serve, "chaotic-" + number);
    thread.setDaemon(true);
    thread.start();
  }

  private static DatagramSocket loopback() throws SocketException {
    return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** As an upstream of the load balancer. */
  public String uri() {
    return "dns://127.0.0.1:" + socket.getLocalPort();
  }

  void behave(Manner next) {
    manner = next;
  }

  private void serve() {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        act(new Message(Arrays.copyOf(buffer, packet.getLength())), packet.getSocketAddress());
      } catch (IOException e) {
        // Closed; or a query that cannot be read, whose sender will miss its answer.
      }
    }
  }

  private void act(Message query, SocketAddress client) throws IOException {
    Manner now = manner;
    byte[] right = right(query, number);
    switch (now) {
      case GOOD -> send(right, client);
      case SLOW -> sendLater(right, client, SLOW_MILLIS);
      case VERY_SLOW -> sendLater(right, client, VERY_SLOW_MILLIS);
      case SILENT -> {}
      case FAILING -> send(Responses.failure(query, Rcode.SERVFAIL), client);
      case CUT -> send(Responses.truncated(query), client);
      case GARBAGE -> send(garbage(), client);
      case UNREADABLE -> send(Arrays.copyOf(right, right.length - 1), client);
      default -> sendTwo(now, query, client);
    }
  }

  private void sendTwo(Manner now, Message query, SocketAddress client) throws IOException {
    byte[] right = right(query, number);
    byte[] forged = Responses.positive(query, FORGED);
    switch (now) {
      case TO_ANOTHER_NAME -> send(Responses.positive(another(query), FORGED), client);
      case FROM_ANOTHER_PORT -> elsewhere.send(new DatagramPacket(forged, forged.length, client));
      case WITH_ANOTHER_ID -> {
        forged[1] ^= 1;
        send(forged, client);
      }
      default -> send(right, client);
    }
    boolean contradicts = now == Manner.CONTRADICTING_ITSELF;
    sendLater(contradicts ? Responses.failure(query, Rcode.NXDOMAIN) : right, client, SOON_MILLIS);
  }

  private static byte[] right(Message query, int number) {
    String name = query.getQuestion().getName().toString();
    if (!SplitNames.isHeldBy(name, number)) {
      return Responses.failure(query, Rcode.NXDOMAIN);
    }
    return query.getQuestion().getType() == Type.A
        ? Responses.positive(query, SplitNames.address(name))
        : Responses.failure(query, Rcode.NOERROR);
  }

  private Message another(Message query) throws IOException {
    Name name = query.getQuestion().getName();
    while (name.equals(query.getQuestion().getName())) {
      name = Name.fromString(SplitNames.name(random.nextInt(SplitNames.COUNT)) + ".");
    }
    Message another = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
    another.getHeader().setID(query.getHeader().getID());
    return another;
  }

  private byte[] garbage() {
    byte[] garbage = new byte[random.nextInt(600)];
    random.nextBytes(garbage);
    return garbage;
  }

  private void sendLater(byte[] answer, SocketAddress client, int millis) {
    var unused = later.schedule(() -> send(answer, client), millis, TimeUnit.MILLISECONDS);
  }

  private void send(byte[] answer, SocketAddress client) {
    try {
      socket.send(new DatagramPacket(answer, answer.length, client));
    } catch (IOException e) {
      // Closed: nobody waits any more.
    }
  }

  @Override
  public void close() throws IOException {
    later.shutdownNow();
    port.close();
    elsewhere.close();
  }
}
