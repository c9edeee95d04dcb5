package firstanswer.testing;

import firstanswer.dns.Content;
import firstanswer.transport.udp.UdpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Message;

/** UDP in memory: the test sees what is sent, and says what arrives. */
public final class FakeUdp implements UdpTransport {
  private static final int FIRST_PORT = 40_000;
  private static final int PATIENCE_SECONDS = 10;

  /** A datagram that was sent. */
  public record Sent(Socket socket, Content.Message datagram, InetSocketAddress to) {
    public byte[] bytes() {
      return datagram.bytes();
    }

    /** The datagram as a DNS message. */
    public Message query() {
      try {
        return new Message(bytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The response arrives as it should: at the socket of the query, from where that went. */
    public void answer(byte[] response) {
      socket.receive(response, to);
    }
  }

  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean opens = true;

  /** Sockets open only when the test says so. */
  public FakeUdp held() {
    opens = false;
    return this;
  }

  @Override
  public CompletionStage<UdpSocket> bind(InetSocketAddress address, Receiver receiver) {
    Socket socket = new Socket(FIRST_PORT + sockets.size(), receiver);
    sockets.add(socket);
    if (opens) {
      socket.open();
    }
    return socket.opened;
  }

  @Override
  public CompletionStage<UdpSocket> bindShared(InetSocketAddress address, Receiver receiver) {
    return bind(address, receiver);
  }

  @Override
  public CompletionStage<UdpSocket> connect(InetSocketAddress peer, Receiver receiver) {
    return bind(new InetSocketAddress(0), receiver);
  }

  /** Those that were asked for, open or not. */
  public List<Socket> sockets() {
    return sockets;
  }

  /** The message that is sent next; waits for it. */
  public Sent next() throws InterruptedException {
    Sent next = sent.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing is sent");
    }
    return next;
  }

  /** Whether something was sent that the test has not seen yet. */
  public boolean hasMore() {
    return !sent.isEmpty();
  }

  /** One socket. */
  public final class Socket implements UdpSocket {
    private final InetSocketAddress address;
    private final Receiver receiver;
    private final CompletableFuture<UdpSocket> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    Socket(int port, Receiver receiver) {
      this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      this.receiver = receiver;
    }

    public void open() {
      opened.complete(this);
    }

    public void failToOpen() {
      opened.completeExceptionally(new BindException("no socket left"));
    }

    /** A datagram arrives. */
    public void receive(byte[] datagram, InetSocketAddress from) {
      receiver.received(datagram, from, this);
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    @Override
    public void send(byte[] datagram, InetSocketAddress to) {
      sent.add(new Sent(this, new Content.Message(datagram), to));
    }

    @Override
    public void close() {
      closed.complete(null);
    }

    /** Completes when it is closed. */
    public CompletableFuture<Void> closed() {
      return closed;
    }
  }
}
