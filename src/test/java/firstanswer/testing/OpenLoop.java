package firstanswer.testing;

import firstanswer.testing.NumberedNames.Worth;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A client that asks over UDP at fixed times, whether or not it has been answered, as many clients
 * together do.
 *
 * <p>Latency counts from when a query should have been sent: were it from when it was sent, a
 * server that stops everything, the client included, would look as if nobody had waited. What gets
 * no right answer counts as the whole patience, so that nobody looks quick by giving up.
 */
public final class OpenLoop implements Closeable {
  /** As long as a stub resolver waits. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int IDS = 1 << 16;
  private static final int MAX_DATAGRAM_BYTES = 65_535;

  /** Asked for; the system gives what it may. It is for when the machine does something else. */
  private static final int MAX_BUFFER_BYTES = 1 << 22;

  private static final int SIGNIFICANT_DIGITS = 3;

  /** Names follow each other by this, prime to their number, so as not to be asked in order. */
  private static final int STRIDE = 7919;

  /**
   * The result of a run.
   *
   * @param nanos latencies
   * @param told answers within the patience
   * @param lost queries without one
   * @param behindNanos by which the client itself was at the worst late to send: of what the
   *     machine, rather than the server, does to the latencies, this is a part
   */
  public record Outcome(Histogram nanos, Map<Worth, Integer> told, int lost, long behindNanos) {}

  private record Asked(int name, long dueNanos) {}

  private final NumberedNames names;
  private final DatagramChannel channel = DatagramChannel.open();
  private final AtomicReferenceArray<Asked> open = new AtomicReferenceArray<>(IDS);
  private final Histogram nanos = new Histogram(2 * PATIENCE.toNanos(), SIGNIFICANT_DIGITS);
  private final Map<Worth, Integer> told = new EnumMap<>(Worth.class);
  private long behindNanos;
  private final Thread reader = new Thread(this::read, "open-loop");

  private OpenLoop(int port, NumberedNames names) throws IOException {
    this.names = names;
    channel.setOption(StandardSocketOptions.SO_RCVBUF, MAX_BUFFER_BYTES);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    reader.setDaemon(true);
    reader.start();
  }

  /** Asks the server at {@code port} of loopback for {@code queries} names, and awaits the end. */
  public static Outcome run(int port, NumberedNames names, int queries, int queriesPerSecond)
      throws IOException, InterruptedException {
    try (OpenLoop loop = new OpenLoop(port, names)) {
      loop.send(queries, TimeUnit.SECONDS.toNanos(1) / queriesPerSecond);
      loop.awaitAnswers();
      loop.channel.close();
      loop.reader.join();
      return loop.outcome(queries);
    }
  }

  private void send(int queries, long gapNanos) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    long startNanos = System.nanoTime();
    for (int i = 0; i < queries; i++) {
      int name = (int) ((long) i * STRIDE % names.count());
      long dueNanos = startNanos + i * gapNanos;
      behindNanos = Math.max(behindNanos, awaitTime(dueNanos));
      open.set(i % IDS, new Asked(name, dueNanos));
      write(buffer.clear().put(names.query(name)).putShort(0, (short) i).flip());
    }
  }

  private void write(ByteBuffer query) throws IOException {
    try {
      channel.write(query);
    } catch (PortUnreachableException e) {
      // Nobody took the last one: lost.
    }
  }

  /** By how many nanoseconds it was missed. */
  private static long awaitTime(long nanos) {
    long left;
    while ((left = nanos - System.nanoTime()) > 0) {
      LockSupport.parkNanos(left);
    }
    return -left;
  }

  private void awaitAnswers() throws InterruptedException {
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < endNanos && !allAnswered()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private boolean allAnswered() {
    for (int id = 0; id < IDS; id++) {
      if (open.get(id) != null) {
        return false;
      }
    }
    return true;
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
    while (channel.isOpen()) {
      try {
        channel.read(buffer.clear());
        answered(buffer.flip(), System.nanoTime());
      } catch (PortUnreachableException e) {
        // A message that nobody takes is lost.
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The first answer counts, if it comes within the patience. */
  private void answered(ByteBuffer answer, long nowNanos) throws IOException {
    Asked asked = open.getAndSet(Short.toUnsignedInt(answer.getShort(0)), null);
    if (asked == null || nowNanos - asked.dueNanos() > PATIENCE.toNanos()) {
      return;
    }
    byte[] message = new byte[answer.remaining()];
    answer.get(message);
    Worth worth = names.worth(asked.name(), message);
    told.merge(worth, 1, Integer::sum);
    if (worth == Worth.RIGHT) {
      nanos.recordValue(nowNanos - asked.dueNanos());
    }
  }

  private Outcome outcome(int queries) {
    int answered = told.values().stream().mapToInt(Integer::intValue).sum();
    int unanswered = queries - told.getOrDefault(Worth.RIGHT, 0);
    if (unanswered > 0) {
      nanos.recordValueWithCount(PATIENCE.toNanos(), unanswered);
    }
    return new Outcome(nanos, told, queries - answered, behindNanos);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
