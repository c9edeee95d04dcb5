package firstanswer.upstream.dns;

import firstanswer.dns.message.Header;
import firstanswer.dns.message.RawMessage;
import firstanswer.transport.udp.UdpTransport;
import firstanswer.transport.udp.UdpTransport.UdpSocket;
import firstanswer.tsproxy.TsProxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The UDP sockets for one name server, each at a random port of its own. A socket has the number of
 * its channel, from 1.
 */
final class UdpSockets {
  /** How many datagrams may wait for the owner; further ones are lost, as any datagram may be. */
  private static final int MAX_UNREAD = 16384;

  /** Far above the answers that we ask for. */
  private static final int MAX_DATAGRAM_BYTES = 4096;

  /** A datagram that came in. */
  record Datagram(int channel, RawMessage message, InetSocketAddress from)
      implements TsProxy.Message {}

  private final UdpSocket[] open;
  private final AtomicInteger unread = new AtomicInteger();

  /** All that were asked for: a socket that opens after its owner has stopped must be closed. */
  private final List<CompletionStage<UdpSocket>> opening = new ArrayList<>();

  /** For {@code size} sockets, 1 to 256, none of which is open yet. */
  UdpSockets(int size) {
    this.open = new UdpSocket[size];
  }

  /** Sees to it that {@link #opened} hears of a socket when it has opened. */
  interface Opener {
    void opening(int channel, CompletionStage<UdpSocket> socket);
  }

  /**
   * Begins to open all sockets.
   *
   * @param owner takes datagrams, from any thread; {@link #onRead} is to hear of each
   */
  void open(UdpTransport transport, Consumer<Datagram> owner, Opener opener) {
    for (int channel = 1; channel <= open.length; channel++) {
      CompletionStage<UdpSocket> socket =
          transport.bind(new InetSocketAddress(0), receiver(channel, owner));
      opening.add(socket);
      opener.opening(channel, socket);
    }
  }

  private UdpTransport.Receiver receiver(int channel, Consumer<Datagram> owner) {
    return (datagram, from, socket) -> {
      if (unread.get() < MAX_UNREAD) {
        unread.incrementAndGet();
        owner.accept(new Datagram(channel, new RawMessage(bounded(datagram)), from));
      }
    };
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
    open[channel - 1] = socket;
  }

  /** Sends over a socket that is open. */
  void send(int channel, byte[] query, InetSocketAddress server) {
    open[channel - 1].send(query, server);
  }

  /** Closes all sockets, and those that are still to open as soon as they are open. */
  void close() {
    opening.forEach(socket -> socket.thenAccept(UdpSocket::close));
  }
}
