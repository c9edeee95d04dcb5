package firstanswer.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Loops;
import firstanswer.transport.udp.UdpTransport.UdpSocket;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NioUdpTest {
  private final UdpTransport transport = new NioUdp(Loops.start());
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MILLIS = 10_000;

  /** More than once: a failure that is only noted at first would do harm at the next datagram. */
  private static final int TIMES = 3;

  @Test
  void aDatagramThatCannotBeSentDoesNotHarmItsSocket() throws Exception {
    UdpSocket echo = bind((datagram, from, socket) -> socket.send(datagram, from));
    for (int i = 0; i < TIMES; i++) {
      echo.send(new byte[10], new InetSocketAddress(LOOPBACK, 0));
      echo.send(new byte[10], new InetSocketAddress("255.255.255.255", 9));
      echo.send(new byte[65535], new InetSocketAddress(LOOPBACK, 9));
    }
    assertEchoes(echo);
    echo.close();
  }

  @Test
  void aReceiverThatFailsOnADatagramDoesNotHarmItsSocket() throws Exception {
    AtomicInteger failures = new AtomicInteger(TIMES);
    UdpSocket echo =
        bind(
            (datagram, from, socket) -> {
              if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("of the test");
              }
              socket.send(datagram, from);
            });
    try (DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
      for (int i = 0; i < TIMES; i++) {
        client.send(new DatagramPacket(new byte[1], 1, echo.address()));
      }
    }
    assertEchoes(echo);
    echo.close();
  }

  @Test
  void aConnectedSocketHearsItsPeerOnly() throws Exception {
    BlockingQueue<Byte> heard = new LinkedBlockingQueue<>();
    try (DatagramSocket peer = new DatagramSocket(0, LOOPBACK);
        DatagramSocket stranger = new DatagramSocket(0, LOOPBACK)) {
      UdpSocket socket = connect(peer, (datagram, from, to) -> heard.add(datagram[0]));
      stranger.send(new DatagramPacket(new byte[] {1}, 1, socket.address()));
      peer.send(new DatagramPacket(new byte[] {2}, 1, socket.address()));
      assertThat(heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo((byte) 2);
      assertThat(heard).isEmpty();
      socket.send(new byte[] {3}, socket.address());
      DatagramPacket received = new DatagramPacket(new byte[100], 100);
      peer.receive(received);
      assertThat(received.getData()[0]).isEqualTo((byte) 3);
      socket.close();
    }
  }

  @Test
  void aConnectedSocketLearnsThatNobodyListensAndThenThatSomebodyDoes() throws Exception {
    DatagramSocket gone = new DatagramSocket(0, LOOPBACK);
    CountDownLatch refused = new CountDownLatch(TIMES);
    UdpTransport.Receiver receiver =
        new UdpTransport.Receiver() {
          @Override
          public void received(byte[] datagram, InetSocketAddress from, UdpSocket to) {}

          @Override
          public void refused() {
            refused.countDown();
          }
        };
    UdpSocket socket = connect(gone, receiver);
    InetSocketAddress address = (InetSocketAddress) gone.getLocalSocketAddress();
    gone.close();
    while (refused.getCount() > 0) {
      socket.send(new byte[1], address);
      refused.await(10, TimeUnit.MILLISECONDS);
    }
    try (DatagramSocket back = new DatagramSocket(address)) {
      back.setSoTimeout(PATIENCE_MILLIS);
      socket.send(new byte[1], address);
      socket.send(new byte[1], address);
      back.receive(new DatagramPacket(new byte[1], 1));
    }
    socket.close();
  }

  private UdpSocket connect(DatagramSocket peer, UdpTransport.Receiver receiver) throws Exception {
    return transport
        .connect((InetSocketAddress) peer.getLocalSocketAddress(), receiver)
        .toCompletableFuture()
        .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Test
  void aPortInUseIsAFailure() throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, LOOPBACK)) {
      InetSocketAddress taken = new InetSocketAddress(LOOPBACK, other.getLocalPort());
      assertThat(transport.bind(taken, (datagram, from, socket) -> {}).toCompletableFuture())
          .failsWithin(Duration.ofMillis(PATIENCE_MILLIS))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(BindException.class);
    }
  }

  @Test
  void aSocketThatIsClosedLetsGoOfItsPort() throws Exception {
    UdpSocket socket = bind((datagram, from, to) -> {});
    socket.close();
    for (int i = 0; i < PATIENCE_MILLIS / 10; i++) {
      try {
        new DatagramSocket(socket.address()).close();
        return;
      } catch (BindException e) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    throw new AssertionError("still bound");
  }

  private static void assertEchoes(UdpSocket echo) throws Exception {
    try (DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
      client.setSoTimeout(PATIENCE_MILLIS);
      for (int i = 0; i < TIMES; i++) {
        byte[] sent = {1, 2, (byte) i};
        client.send(new DatagramPacket(sent, sent.length, echo.address()));
        DatagramPacket received = new DatagramPacket(new byte[100], 100);
        client.receive(received);
        assertThat(Arrays.copyOf(received.getData(), received.getLength())).isEqualTo(sent);
        assertThat(received.getSocketAddress()).isEqualTo(echo.address());
      }
    }
  }

  private UdpSocket bind(UdpTransport.Receiver receiver) throws Exception {
    return transport
        .bind(new InetSocketAddress(LOOPBACK, 0), receiver)
        .toCompletableFuture()
        .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
