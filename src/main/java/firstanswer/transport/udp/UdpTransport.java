package firstanswer.transport.udp;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** Opens UDP sockets. */
public interface UdpTransport {

  /**
   * Binds a socket; port 0 picks a free one at random. Fails with a BindException if that is not
   * possible.
   */
  CompletionStage<UdpSocket> bind(InetSocketAddress address, Receiver receiver);

  /**
   * Binds a socket whose port other sockets of this transport may share. The first must be bound to
   * a wildcard address; this fails with a BindException unless the port is free at all addresses of
   * this host. Then any number of sockets may be bound to single addresses. A datagram goes to the
   * socket at its destination address, or else to the first socket.
   */
  CompletionStage<UdpSocket> bindShared(InetSocketAddress address, Receiver receiver);

  /**
   * Opens a socket at a random port that exchanges datagrams with {@code peer} only: the system
   * drops those of strangers. Fails with an IOException if that is not possible.
   */
  CompletionStage<UdpSocket> connect(InetSocketAddress peer, Receiver receiver);

  /** Takes the datagrams of a socket, one after the other; must not block. */
  @FunctionalInterface
  interface Receiver {
    /** Takes over {@code datagram}, which {@code socket} has received from {@code from}. */
    void received(byte[] datagram, InetSocketAddress from, UdpSocket socket);

    /** The peer of a connected socket has told the system that nobody listens there. */
    default void refused() {}

    /** The system says why there is no way from a connected socket to its peer. */
    default void unreachable(String reason) {}
  }

  /** An open socket, for use by any thread. */
  interface UdpSocket {
    /** The address that the socket is bound to, with the real port, never 0. */
    InetSocketAddress address();

    /**
     * Sends at once or not at all: a datagram that the network does not take is lost. A connected
     * socket sends to its peer, whatever {@code to} is.
     */
    void send(byte[] datagram, InetSocketAddress to);

    /** Receives nothing from now on. */
    void close();
  }
}
