package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * A client that asks many name servers on loopback over UDP, as {@code dig} does, from one socket.
 * Ids tell its queries apart; no two may have the same.
 */
public final class ManyQueries implements Closeable {
  private static final int MAX_IDS = 1 << 16;
  private static final int BUFFER_BYTES = 1 << 22;
  private static final int PAYLOAD_BYTES = 1232;
  private static final int MAX_DATAGRAM_BYTES = 65_535;

  /** The first answer to a query, and when it came, by {@link System#nanoTime()}. */
  public record Answer(Message message, long nanos) {}

  private final DatagramSocket socket =
      new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final Map<Integer, Answer> answers = new ConcurrentHashMap<>();
  private final CountDownLatch missing;

  /** A client that will send {@code queries}, at most 65,536. */
  public ManyQueries(int queries) throws IOException {
    if (queries > MAX_IDS) {
      throw new IllegalArgumentException(queries + " queries, but there are " + MAX_IDS + " ids");
    }
    missing = new CountDownLatch(queries);
    socket.setReceiveBufferSize(BUFFER_BYTES);
    Thread reader = new Thread(this::read, "many-queries");
    reader.setDaemon(true);
    reader.start();
  }

  /** Asks the server at {@code port} for an address; when, by {@link System#nanoTime()}. */
  public long ask(int id, int port, Name name) throws IOException {
    Message query = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
    query.getHeader().setID(id);
    query.addRecord(new OPTRecord(PAYLOAD_BYTES, 0, 0), Section.ADDITIONAL);
    byte[] wire = query.toWire();
    long now = System.nanoTime();
    socket.send(new DatagramPacket(wire, wire.length, InetAddress.getLoopbackAddress(), port));
    return now;
  }

  private void read() {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        long now = System.nanoTime();
        note(new Answer(new Message(Arrays.copyOf(buffer, packet.getLength())), now));
      } catch (WireParseException e) {
        // An answer that cannot be read is none.
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void note(Answer answer) {
    if (answers.putIfAbsent(answer.message().getHeader().getID(), answer) == null) {
      missing.countDown();
    }
  }

  /** Waits until all queries are answered; goes on without those that have no answer by then. */
  public void awaitAnswers(Duration patience) throws InterruptedException {
    boolean unused = missing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The answer to the query of that id, if it has come. */
  public Optional<Answer> answer(int id) {
    return Optional.ofNullable(answers.get(id));
  }

  @Override
  public void close() {
    socket.close();
  }
}
