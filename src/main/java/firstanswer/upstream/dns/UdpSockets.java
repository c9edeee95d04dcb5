package firstanswer.upstream.dns;

import firstanswer.transport.udp.UdpTransport;
import firstanswer.transport.udp.UdpTransport.UdpSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The UDP sockets over which one name server is asked, each at a random port of its own. */
final class UdpSockets {
  private final RandomIds random;
  private final List<UdpSocket> open = new ArrayList<>();

  /**
   * All that were asked for: one may open when its owner has stopped, and must be closed all the
   * same.
   */
  private final List<CompletionStage<UdpSocket>> opening = new ArrayList<>();

  private int unsettled;

  /** To be {@code size} sockets, 1 to 256; none is open yet. */
  UdpSockets(int size, RandomIds random) {
    this.unsettled = size;
    this.random = random;
  }

  /** Begins to open all; what becomes of each is for the owner to tell. */
  List<CompletionStage<UdpSocket>> open(UdpTransport transport, UdpTransport.Receiver receiver) {
    for (int i = 0; i < unsettled; i++) {
      opening.add(transport.bind(new InetSocketAddress(0), receiver));
    }
    return opening;
  }

  void opened(UdpSocket socket) {
    open.add(socket);
    unsettled--;
  }

  void notOpened() {
    unsettled--;
  }

  /** Whether of each it is known if it has opened. */
  boolean areSettled() {
    return unsettled == 0;
  }

  /** Whether none is open. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** One of those that are open, of which there must be one, at random. */
  UdpSocket any() {
    return open.get(random.next(open.size()));
  }

  /** The one at the local port {@code port}, which must be open. */
  UdpSocket at(int port) {
    return open.stream()
        .filter(socket -> socket.address().getPort() == port)
        .findAny()
        .orElseThrow();
  }

  void close() {
    opening.forEach(socket -> socket.thenAccept(UdpSocket::close));
  }
}
