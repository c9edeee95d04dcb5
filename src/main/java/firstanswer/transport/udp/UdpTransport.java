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

  /** Takes what comes, one datagram after the other; must not block. */
  @FunctionalInterface
  interface Receiver {
    /** Owns {@code datagram} from now on; {@code socket} is where it came in. */
    void received(byte[] datagram, InetSocketAddress from, UdpSocket socket);
  }

  /** A socket that is bound. For any thread. */
  interface UdpSocket {
    /** Where; the port is the real one. */
    InetSocketAddress address();

    /** Sends now or never: what the network does not take is lost, as any datagram may be. */
    void send(byte[] datagram, InetSocketAddress to);

    /** Receives nothing from now on. */
    void close();
  }
}
