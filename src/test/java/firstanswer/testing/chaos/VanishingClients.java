package firstanswer.testing.chaos;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.Peer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** Clients that ask and do not wait for the answers: one more vanishes every now and then. */
public final class VanishingClients implements Closeable {
  private static final int QUERIES = 20;
  private static final Duration INTERVAL = Duration.ofMillis(150);

  /** Clients that do not read leave after this long. */
  private static final Duration STUCK = Duration.ofSeconds(5);

  private static final int SMALL_BUFFER_BYTES = 2048;

  private enum Manner {
    UDP_CLOSED,
    TCP_RESET,
    TCP_CLOSED,
    TCP_HALF_CLOSED,
    TCP_HALF_A_MESSAGE,
    TCP_NOT_READING,
    TEXT_RESET,
    TEXT_HALF_A_LINE,
    TEXT_NOT_READING
  }

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final int dnsPort;
  private final int textPort;
  private final Events events;
  private final Random random;

  /** None has come yet. */
  public VanishingClients(int dnsPort, int textPort, Events events, Random random) {
    this.dnsPort = dnsPort;
    this.textPort = textPort;
    this.events = events;
    this.random = random;
  }

  /** They begin to come. */
  public void begin() {
    var unused =
        thread.scheduleWithFixedDelay(
            events.watched(this::comeAndVanish), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void comeAndVanish() throws IOException {
    Manner manner = Manner.values()[random.nextInt(Manner.values().length)];
    switch (manner) {
      case UDP_CLOSED -> datagrams();
      case TEXT_RESET, TEXT_HALF_A_LINE, TEXT_NOT_READING -> text(manner);
      default -> stream(manner);
    }
    events.count("vanished " + manner.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private void datagrams() throws IOException {
    try (DnsDatagrams socket = DnsDatagrams.with(dnsPort)) {
      for (Message query : queries()) {
        socket.send(query);
      }
    }
  }

  private void stream(Manner manner) throws IOException {
    DnsStream stream =
        DnsStream.connect(dnsPort, InetAddress.getLoopbackAddress(), SMALL_BUFFER_BYTES);
    stream.send(queries());
    switch (manner) {
      case TCP_HALF_CLOSED -> leaveLater(stream.shutdownOutput());
      case TCP_NOT_READING -> leaveLater(stream::reset);
      case TCP_HALF_A_MESSAGE -> stream.sendBytes((byte) 0, (byte) 40, (byte) 1).close();
      case TCP_CLOSED -> stream.close();
      default -> stream.reset();
    }
  }

  private void text(Manner manner) throws IOException {
    Peer peer = Peer.connect(textPort);
    for (int i = 0; i < QUERIES; i++) {
      peer.send(SplitNames.name(random.nextInt(SplitNames.COUNT)) + "\n");
    }
    switch (manner) {
      case TEXT_HALF_A_LINE -> peer.send("n1.cha").close();
      case TEXT_NOT_READING -> leaveLater(peer::reset);
      default -> peer.reset();
    }
  }

  private Message[] queries() throws IOException {
    Message[] queries = new Message[QUERIES];
    for (int i = 0; i < QUERIES; i++) {
      String name = SplitNames.name(random.nextInt(SplitNames.COUNT));
      queries[i] = DnsClient.query(name, Type.A);
    }
    return queries;
  }

  private void leaveLater(Closeable leave) {
    var unused =
        thread.schedule(events.watched(leave::close), STUCK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** No more come; waits until all have left. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STUCK.toSeconds() * 4, TimeUnit.SECONDS)) {
        throw new UncheckedIOException(new IOException("clients are still there"));
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
