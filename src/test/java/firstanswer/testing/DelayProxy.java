package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in front of a name server on loopback, over UDP, and makes a worse one of it: some of its
 * answers come late, and some never.
 *
 * <p>One thread and two sockets. Clients are told apart by ids: each query goes on under the next
 * of 65,536, and whoever asked under it gets its answer, with the id that it had. All late answers
 * are late by the same time, so that they leave in the order in which they came.
 */
public final class DelayProxy implements Closeable {
  private static final int IDS = 1 << 16;
  private static final int MAX_DATAGRAM_BYTES = 65_535;
  private static final int ID_BYTES = 2;

  /** Asked for; the system gives what it may. It is for when the machine does something else. */
  private static final int MAX_BUFFER_BYTES = 1 << 22;

  /**
   * How bad the server is.
   *
   * @param shareLate of its answers, 0 to 1
   * @param delay of these
   * @param shareLost of its answers, 0 to 1
   * @param seed same seed, same fates in the order of the answers
   */
  public record Manners(double shareLate, Duration delay, double shareLost, long seed) {
    /** Nothing is late or lost. */
    public static final Manners GOOD = new Manners(0, Duration.ZERO, 0, 0);

    /** The fate of the next answer. */
    Fate next(Random random) {
      double drawn = random.nextDouble();
      if (drawn < shareLost) {
        return Fate.LOST;
      }
      return drawn < shareLost + shareLate ? Fate.LATE : Fate.IN_TIME;
    }
  }

  enum Fate {
    IN_TIME,
    LATE,
    LOST
  }

  private record Asker(SocketAddress client, short id) {}

  private record Late(ByteBuffer answer, SocketAddress client, long dueNanos) {}

  private final Manners manners;
  private final Random random;
  private final Selector selector = Selector.open();
  private final DatagramChannel clients = DatagramChannel.open();
  private final DatagramChannel server = DatagramChannel.open();
  private final int port;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
  private final Asker[] askers = new Asker[IDS];
  private final Deque<Late> late = new ArrayDeque<>();
  private final AtomicLong queries = new AtomicLong();

  /** Listens at a free port of loopback for queries to the server at {@code serverPort} of it. */
  public DelayProxy(int serverPort, Manners manners) throws IOException {
    this.manners = manners;
    this.random = new Random(manners.seed());
    clients.setOption(StandardSocketOptions.SO_RCVBUF, MAX_BUFFER_BYTES);
    server.setOption(StandardSocketOptions.SO_RCVBUF, MAX_BUFFER_BYTES);
    clients.bind(loopback(0)).configureBlocking(false).register(selector, SelectionKey.OP_READ);
    server.connect(loopback(serverPort));
    server.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    port = ((InetSocketAddress) clients.getLocalAddress()).getPort();
    Thread thread = new Thread(this::serve, "delay-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** As an upstream of the load balancer. */
  public String uri() {
    return "dns://127.0.0.1:" + port;
  }

  /** How many queries have come so far. */
  public long queries() {
    return queries.get();
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(key -> {}, millisToLate());
        passQueries();
        passAnswers();
        sendLate();
      }
    } catch (ClosedChannelException | ClosedSelectorException e) {
      // Closed by us: the end.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until the next late answer is due, rounded up; 0, which is for ever, if there is none. */
  private long millisToLate() {
    return late.isEmpty() ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanosToLate() + 999_999));
  }

  private long nanosToLate() {
    return late.peek().dueNanos() - System.nanoTime();
  }

  private void passQueries() throws IOException {
    SocketAddress client;
    while ((client = clients.receive(buffer.clear())) != null) {
      if (buffer.flip().remaining() >= ID_BYTES) {
        short id = (short) queries.getAndIncrement();
        askers[Short.toUnsignedInt(id)] = new Asker(client, buffer.getShort(0));
        server.write(buffer.putShort(0, id));
      }
    }
  }

  private void passAnswers() throws IOException {
    try {
      while (server.read(buffer.clear()) > 0) {
        Asker asker = askers[Short.toUnsignedInt(buffer.flip().getShort(0))];
        if (asker != null) {
          pass(buffer.putShort(0, asker.id()), asker.client());
        }
      }
    } catch (PortUnreachableException e) {
      // The server is down: silence.
    }
  }

  private void pass(ByteBuffer answer, SocketAddress client) throws IOException {
    switch (manners.next(random)) {
      case IN_TIME -> clients.send(answer, client);
      case LATE -> {
        ByteBuffer copy = ByteBuffer.allocate(answer.remaining()).put(answer).flip();
        late.add(new Late(copy, client, System.nanoTime() + manners.delay().toNanos()));
      }
      case LOST -> {}
    }
  }

  private void sendLate() throws IOException {
    while (!late.isEmpty() && nanosToLate() <= 0) {
      Late next = late.remove();
      clients.send(next.answer(), next.client());
    }
  }

  /** Late answers that are still to come are lost. */
  @Override
  public void close() throws IOException {
    selector.close();
    clients.close();
    server.close();
  }
}
