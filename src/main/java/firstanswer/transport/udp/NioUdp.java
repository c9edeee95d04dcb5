package firstanswer.transport.udp;

import firstanswer.transport.loop.EventLoop;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP sockets that an event loop reads. The loop hands each datagram on before it reads the next,
 * so datagrams that come too fast wait in the system's buffer and nowhere else, and to drop or
 * refuse a datagram costs no more than to read it.
 */
public final class NioUdp implements UdpTransport {
  private static final Logger LOG = LoggerFactory.getLogger(NioUdp.class);

  /**
   * The size of a socket's receive buffer and of its send buffer, in bytes; the system may grant
   * less. A flood fills a smaller buffer whenever the thread gets no processor for a moment, and
   * then the queries of others are lost, which costs them seconds. To read a full buffer takes the
   * thread a tenth of a second.
   */
  private static final int BUFFER_BYTES = 4 << 20;

  /** Datagrams that are read from one socket before the others have their turn. */
  private static final int MAX_AT_ONCE = 64;

  private final EventLoop loop;

  /** Opens no socket yet; {@code loop} reads those that will be open. */
  public NioUdp(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public CompletionStage<UdpSocket> bind(InetSocketAddress address, Receiver receiver) {
    return open(() -> channelFor(address), channel -> channel.bind(address), receiver);
  }

  @Override
  public CompletionStage<UdpSocket> bindShared(InetSocketAddress address, Receiver receiver) {
    boolean first = address.getAddress().isAnyLocalAddress();
    return open(
        () -> channelFor(address),
        first ? channel -> share(channel.bind(address)) : channel -> share(channel).bind(address),
        receiver);
  }

  /**
   * Sets SO_REUSEPORT, where the system has it. SO_REUSEADDR would let sockets of any user share
   * the port. The first socket gets the option only after it is bound, so that binding fails if
   * another socket has the port already.
   */
  private static DatagramChannel share(DatagramChannel channel) throws IOException {
    return channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)
        ? channel.setOption(StandardSocketOptions.SO_REUSEPORT, true)
        : channel;
  }

  /** By default, Java takes 0.0.0.0 for the wildcard address of IPv6, which stands for both. */
  private static DatagramChannel channelFor(InetSocketAddress address) throws IOException {
    return address.getAddress() instanceof Inet4Address
        ? DatagramChannel.open(StandardProtocolFamily.INET)
        : DatagramChannel.open();
  }

  @Override
  public CompletionStage<UdpSocket> connect(InetSocketAddress peer, Receiver receiver) {
    return open(DatagramChannel::open, channel -> channel.connect(peer), receiver);
  }

  private interface Opening {
    DatagramChannel open() throws IOException;
  }

  /** Gives a new socket its address, and perhaps its peer. */
  private interface Placement {
    void place(DatagramChannel channel) throws IOException;
  }

  private CompletionStage<UdpSocket> open(Opening opening, Placement placement, Receiver receiver) {
    try {
      DatagramChannel channel = opening.open();
      try {
        return CompletableFuture.completedStage(open(channel, placement, receiver));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Socket open(DatagramChannel channel, Placement placement, Receiver receiver)
      throws IOException {
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
    placement.place(channel);
    channel.configureBlocking(false);
    Socket socket = new Socket(channel, receiver);
    loop.register(channel, SelectionKey.OP_READ, key -> socket.receive());
    return socket;
  }

  private final class Socket implements UdpSocket {
    private final DatagramChannel channel;
    private final Receiver receiver;
    private final InetSocketAddress address;
    private final boolean connected;
    private long lastTurn;

    Socket(DatagramChannel channel, Receiver receiver) throws IOException {
      this.channel = channel;
      this.receiver = receiver;
      this.address = (InetSocketAddress) channel.getLocalAddress();
      this.connected = channel.isConnected();
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    /**
     * Reads one datagram, and more only if the last turn of the loop has had one for this socket,
     * too. Mostly there is only one, and to find nothing costs as much as to read.
     */
    private void receive() {
      ByteBuffer buffer = loop.buffer();
      int most = loop.turn() == lastTurn + 1 ? MAX_AT_ONCE : 1;
      lastTurn = loop.turn();
      try {
        for (int i = 0; i < most && receiveOne(buffer); i++) {}
      } catch (IOException e) {
        // On Linux, a socket without a peer never fails to receive; on other systems it might.
        if (channel.isOpen()) {
          LOG.warn("{}: cannot receive: {}", address, e.toString());
        }
      }
    }

    private boolean receiveOne(ByteBuffer buffer) throws IOException {
      InetSocketAddress from;
      try {
        from = (InetSocketAddress) channel.receive(buffer.clear());
      } catch (PortUnreachableException e) {
        receiver.refused();
        return true;
      } catch (IOException e) {
        if (!connected || !channel.isOpen()) {
          throw e;
        }
        receiver.unreachable(e.getMessage());
        return true;
      }
      if (from != null) {
        handOn(buffer.flip(), from);
      }
      return from != null;
    }

    /** A failure on one datagram, even for want of memory, does not keep us from the next. */
    private void handOn(ByteBuffer received, InetSocketAddress from) {
      try {
        byte[] datagram = new byte[received.remaining()];
        received.get(datagram);
        receiver.received(datagram, from, this);
      } catch (RuntimeException | Error e) {
        LOG.error("{}: a datagram is lost", address, e);
      }
    }

    @Override
    public void send(byte[] datagram, InetSocketAddress to) {
      try {
        if (connected) {
          channel.write(ByteBuffer.wrap(datagram));
        } else {
          channel.send(ByteBuffer.wrap(datagram), to);
        }
      } catch (PortUnreachableException e) {
        // The system reports here what became of an earlier datagram, and does not send this one.
        receiver.refused();
      } catch (IOException | UnsupportedAddressTypeException e) {
        // There is no way to that address. The datagram is lost, as any datagram may be.
        receiver.unreachable(e.getMessage());
      }
    }

    @Override
    public void close() {
      loop.close(channel);
    }
  }
}
