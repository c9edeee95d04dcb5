package firstanswer.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Clients that send queries over UDP at a fixed rate, whatever comes back: the n-th goes out when
 * it is due, and its answer's latency counts from then.
 */
public final class UdpLoad {
  private static final int IDS = 1 << 16;
  private static final int BUFFER_BYTES = 4 << 20;
  private static final long PAUSE_NANOS = 200_000;
  private static final Duration LINGER = Duration.ofSeconds(6);
  private static final long MAX_MICROS = 60_000_000;

  private static final int TRUNCATED = 0x02;
  private static final int RCODE = 0x0f;

  /** The result; {@code latencies} of the queries that were answered, in microseconds. */
  public record Result(
      long sent, long answered, long truncated, long refused, Histogram latencies) {
    /** Without any response. */
    public long lost() {
      return sent - answered - truncated - refused;
    }
  }

  private static final class Client {
    private final DatagramChannel channel;
    private final AtomicLongArray dueNanos = new AtomicLongArray(IDS);
    private int next;

    Client(String address, int port) throws IOException {
      channel = DatagramChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      channel.bind(new InetSocketAddress(address, 0));
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.configureBlocking(false);
    }
  }

  private final List<Client> clients = new ArrayList<>();
  private final List<byte[]> queries;
  private final Selector selector = Selector.open();
  private final Histogram latencies = new Histogram(MAX_MICROS, 3);
  private long answered;
  private long truncated;
  private long refused;
  private volatile boolean over;

  private UdpLoad(int port, List<String> addresses, List<byte[]> queries) throws IOException {
    this.queries = queries;
    for (String address : addresses) {
      Client client = new Client(address, port);
      client.channel.register(selector, SelectionKey.OP_READ, client);
      clients.add(client);
    }
  }

  /**
   * Sends for {@code time} to {@code port} of 127.0.0.1, in turn from each of {@code addresses} and
   * with each of {@code queries}; completes some seconds later, when nothing can come any more.
   */
  public static CompletableFuture<Result> start(
      int port, List<String> addresses, List<byte[]> queries, int perSecond, Duration time)
      throws IOException {
    UdpLoad load = new UdpLoad(port, addresses, queries);
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread receiver = new Thread(load::receive, "receiver");
    Thread sender =
        new Thread(
            () -> {
              try {
                result.complete(load.run(perSecond, time, receiver));
              } catch (IOException | InterruptedException e) {
                result.completeExceptionally(e);
              }
            },
            "sender");
    receiver.start();
    sender.start();
    return result;
  }

  private Result run(int perSecond, Duration time, Thread receiver)
      throws IOException, InterruptedException {
    long sent = send(perSecond, time);
    long end = System.nanoTime() + LINGER.toNanos();
    while (System.nanoTime() < end && answered + truncated + refused < sent) {
      Thread.sleep(10);
    }
    over = true;
    selector.wakeup();
    receiver.join();
    for (Client client : clients) {
      client.channel.close();
    }
    selector.close();
    return new Result(sent, answered, truncated, refused, latencies);
  }

  private long send(int perSecond, Duration time) throws IOException {
    long begun = System.nanoTime();
    long all = time.toMillis() * perSecond / 1000;
    ByteBuffer buffer = ByteBuffer.allocateDirect(512);
    for (long i = 0; i < all; i++) {
      long due = begun + i * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(Math.min(PAUSE_NANOS, due - System.nanoTime()));
      }
      send(
          clients.get((int) (i % clients.size())),
          queries.get((int) (i % queries.size())),
          due,
          buffer);
    }
    return all;
  }

  private static void send(Client client, byte[] query, long due, ByteBuffer buffer)
      throws IOException {
    int id = client.next++ & (IDS - 1);
    client.dueNanos.set(id, due);
    buffer.clear().put(query).putShort(0, (short) id).flip();
    try {
      client.channel.write(buffer);
    } catch (PortUnreachableException e) {
      // Nobody listens: lost.
    }
  }

  private void receive() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
    try {
      while (!over) {
        selector.select(
            key -> {
              try {
                receive((Client) key.attachment(), buffer);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void receive(Client client, ByteBuffer buffer) throws IOException {
    while (client.channel.read(buffer.clear()) > 0) {
      if ((buffer.get(2) & TRUNCATED) != 0) {
        truncated++;
      } else if ((buffer.get(3) & RCODE) != 0) {
        refused++;
      } else {
        answered++;
        long nanos = System.nanoTime() - client.dueNanos.get(buffer.getShort(0) & (IDS - 1));
        latencies.recordValue(Math.min(MAX_MICROS, Math.max(0, nanos / 1000)));
      }
    }
  }
}
