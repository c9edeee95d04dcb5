package firstanswer.upstream.dns;

import firstanswer.dns.message.Header;
import firstanswer.dns.message.RawMessage;
import firstanswer.transport.udp.UdpTransport;
import firstanswer.transport.udp.UdpTransport.UdpSocket;
import firstanswer.tsproxy.TsProxy;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The UDP sockets for one name server, each at a random port of its own. */
final class UdpSockets {
  /**
   * The most datagrams that wait for the owner; further datagrams are lost, as any datagram may be.
   */
  private static final int MAX_UNREAD = 16384;

  /** The longest datagram to read: far above the size that we ask for. */
  private static final int MAX_DATAGRAM_BYTES = 4096;

  /** A datagram has arrived. */
  record Datagram(int channel, RawMessage message) implements TsProxy.Message {}

  /** Nobody listens at the port that the socket of {@code channel} sends to. */
  record Refused(int channel) implements TsProxy.Message {}

  /** There is no way from that socket to the server. */
  record Unreachable(int channel, String reason) implements TsProxy.Message {}

  private final UdpTransport transport;
  private final Consumer<TsProxy.Message> owner;
  private final Map<Integer, UdpSocket> open = new HashMap<>();
  private final AtomicInteger unread = new AtomicInteger();

  /**
   * The sockets that are open or opening: a socket that opens after its owner has stopped must be
   * closed.
   */
  private final Map<Integer, CompletionStage<UdpSocket>> opening = new HashMap<>();

  /**
   * Begins without an open socket.
   *
   * @param owner takes events, from any thread; must call {@link #onRead} for each datagram
   */
  UdpSockets(UdpTransport transport, Consumer<TsProxy.Message> owner) {
    this.transport = transport;
    this.owner = owner;
  }

  /** Begins to open the socket of {@code channel} to {@code server}. */
  CompletionStage<UdpSocket> open(int channel, InetSocketAddress server) {
    CompletionStage<UdpSocket> socket = transport.connect(server, new Receiver(channel));
    opening.put(channel, socket);
    return socket;
  }

  private final class Receiver implements UdpTransport.Receiver {
    private final int channel;

    Receiver(int channel) {
      this.channel = channel;
    }

    @Override
    public void received(byte[] datagram, InetSocketAddress from, UdpSocket socket) {
      if (unread.get() < MAX_UNREAD) {
        unread.incrementAndGet();
        owner.accept(new Datagram(channel, new RawMessage(bounded(datagram))));
      }
    }

    @Override
    public void refused() {
      owner.accept(new Refused(channel));
    }

    @Override
    public void unreachable(String reason) {
      owner.accept(new Unreachable(channel, reason));
    }
  }

  /**
   * Turns an oversized answer into a truncated one, so that the query goes to the server over TCP.
   */
  private static byte[] bounded(byte[] datagram) {
    if (datagram.length <= MAX_DATAGRAM_BYTES) {
      return datagram;
    }
    byte[] cut = Arrays.copyOf(datagram, MAX_DATAGRAM_BYTES);
    int flags = Header.word(cut, Header.FLAGS_AT);
    Header.setWord(cut, Header.FLAGS_AT, flags | Header.TRUNCATED);
    return cut;
  }

  /** The owner has handled a datagram. */
  void onRead() {
    unread.decrementAndGet();
  }

  void opened(int channel, UdpSocket socket) {
    opening.remove(channel);
    open.put(channel, socket);
  }

  void notOpened(int channel) {
    opening.remove(channel);
  }

  /** Sends a query over an open socket; sends nothing over a closed socket. */
  void send(int channel, byte[] query, InetSocketAddress server) {
    UdpSocket socket = open.get(channel);
    if (socket != null) {
      socket.send(query, server);
    }
  }

  void close(int channel) {
    UdpSocket socket = open.remove(channel);
    if (socket != null) {
      socket.close();
    }
  }

  /** Closes all sockets, and each socket that is still opening as soon as it is open. */
  void closeAll() {
    open.values().forEach(UdpSocket::close);
    opening.values().forEach(socket -> socket.thenAccept(UdpSocket::close));
  }
}
