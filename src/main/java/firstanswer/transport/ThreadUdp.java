package firstanswer.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP with a thread of its own for each socket, which reads datagrams and hands them on: for the
 * few sockets where many strangers may send as much as they like. What comes too fast waits in the
 * system's buffer and nowhere else, so that it is little; and to drop or refuse a datagram costs no
 * more than to read it, without the way through actors.
 */
public final class ThreadUdp implements UdpTransport {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadUdp.class);

  /** What waits to be read, and to be sent; in bytes, and the system may grant less. */
  private static final int BUFFER_BYTES = 1 << 20;

  private static final int MAX_DATAGRAM_BYTES = 0xffff;
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Override
  public CompletionStage<UdpSocket> bind(InetSocketAddress address, Receiver receiver) {
    try {
      Socket socket = new Socket(address, receiver);
      Thread thread = new Thread(socket::receive, "udp-" + socket.address().getPort());
      thread.setDaemon(true);
      thread.start();
      return CompletableFuture.completedStage(socket);
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static final class Socket implements UdpSocket {
    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress address;
    private final Receiver receiver;

    Socket(InetSocketAddress wanted, Receiver receiver) throws IOException {
      this.receiver = receiver;
      this.channel = DatagramChannel.open();
      try {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
        channel.bind(wanted);
        channel.configureBlocking(false);
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    /** Until it is closed. */
    void receive() {
      ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
      while (channel.isOpen()) {
        try {
          selector.select();
          selector.selectedKeys().clear();
          receiveAll(buffer);
        } catch (ClosedSelectorException e) {
          return;
        } catch (IOException e) {
          onFailure(e);
        }
      }
    }

    /** Linux tells sockets without a peer of nothing that could fail here; others might. */
    private void onFailure(IOException e) {
      if (channel.isOpen()) {
        LOG.warn("{}: cannot receive: {}", address, e.toString());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }

    private void receiveAll(ByteBuffer buffer) throws IOException {
      InetSocketAddress from;
      while ((from = (InetSocketAddress) channel.receive(buffer.clear())) != null) {
        byte[] datagram = new byte[buffer.flip().remaining()];
        buffer.get(datagram);
        handOn(datagram, from);
      }
    }

    /** What fails on one datagram is nothing to the next. */
    private void handOn(byte[] datagram, InetSocketAddress from) {
      try {
        receiver.received(datagram, from, this);
      } catch (RuntimeException e) {
        LOG.error("{}: a datagram is lost", address, e);
      }
    }

    @Override
    public void send(byte[] datagram, InetSocketAddress to) {
      try {
        channel.send(ByteBuffer.wrap(datagram), to);
      } catch (IOException | UnsupportedAddressTypeException e) {
        // No way there, now or ever: lost, as any datagram may be.
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
        selector.close();
      } catch (IOException e) {
        LOG.warn("{}: {}", address, e.toString());
      }
    }
  }
}
