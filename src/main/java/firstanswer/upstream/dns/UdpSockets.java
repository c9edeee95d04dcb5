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
  /** How many datagrams may wait for the owner; further ones are lost, as any datagram may be. */
  private static final int MAX_UNREAD = 16384;

  /** Far above the answers that we ask for. */
  private static final int MAX_DATAGRAM_BYTES = 4096;

  /** A datagram that came in. */
  record Datagram(int channel, RawMessage message) implements TsProxy.Message {}

  /** Nobody listens where that socket sends to. */
  record Refused(int channel) implements TsProxy.Message {}

  /** There is no way from that socket to the server. */
  record Unreachable(int channel, String reason) implements TsProxy.Message {}

  private final UdpTransport transport;
  private final Consumer<TsProxy.Message> owner;
  private final Map<Integer, UdpSocket> open = new HashMap<>();
  private final AtomicInteger unread = new AtomicInteger();

  /** Those that were asked for: a socket that opens after its owner has stopped must be closed. */
  private final Map<Integer, CompletionStage<UdpSocket>> opening = new HashMap<>();

  /**
   * None is open yet.
   *
   * @param owner takes events, from any thread; {@link #onRead} is to hear of each datagram
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

  /** Takes an oversized answer for a truncated one, so that it is asked for over TCP. */
  private static byte[] bounded(byte[] datagram) {
    if (datagram.length <= MAX_DATAGRAM_BYTES) {
      return datagram;
    }
    byte[] cut = Arrays.copyOf(datagram, MAX_DATAGRAM_BYTES);
    int flags = Header.word(cut, Header.FLAGS_AT);
    Header.setWord(cut, Header.FLAGS_AT, flags | Header.TRUNCATED);
    return cut;
  }

  /** The owner has taken up a datagram. */
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

  /** Sends over a socket that is open; over a socket that was closed, nothing is sent. */
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

  /** Closes all sockets, and those that are still to open as soon as they are open. */
  void closeAll() {
    open.values().forEach(UdpSocket::close);
    opening.values().forEach(socket -> socket.thenAccept(UdpSocket::close));
  }
}
