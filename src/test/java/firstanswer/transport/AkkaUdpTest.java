package firstanswer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import firstanswer.transport.UdpTransport.UdpSocket;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AkkaUdpTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MILLIS = 10_000;

  /** More than one: a first failure that is only noted would do harm at the next datagram. */
  private static final int TIMES = 3;

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 0, 10",
    "255.255.255.255, 9, 10",
    "127.0.0.1, 9, 65535",
  })
  void aDatagramThatCannotBeSentIsLostAndNotItsSocket(String host, int port, int length)
      throws Exception {
    UdpSocket echo = echo();
    for (int i = 0; i < TIMES; i++) {
      echo.send(new byte[length], new InetSocketAddress(host, port));
    }
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
    echo.close();
  }

  private static UdpSocket echo() throws Exception {
    return new AkkaUdp(TEST_KIT.system())
        .bind(
            new InetSocketAddress(LOOPBACK, 0),
            (datagram, from, socket) -> socket.send(datagram, from))
        .toCompletableFuture()
        .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
