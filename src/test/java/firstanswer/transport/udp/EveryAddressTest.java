package firstanswer.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import firstanswer.testing.FakeUdp;
import firstanswer.testing.Loops;
import firstanswer.transport.udp.UdpTransport.UdpSocket;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryAddressTest {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Looks looks = new Looks();
  private UdpSocket open;

  /** Looks at the addresses when the test says so. */
  private static final class Looks implements LocalAddresses {
    private List<InetAddress> present = List.of();
    private Consumer<List<InetAddress>> look;
    private boolean stopped;

    Looks at(String... addresses) {
      present = Arrays.stream(addresses).map(EveryAddressTest::address).toList();
      if (look != null) {
        look.accept(present);
      }
      return this;
    }

    @Override
    public Runnable watch(Consumer<List<InetAddress>> to) {
      look = to;
      to.accept(present);
      return () -> stopped = true;
    }
  }

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "'::'"})
  void anAnswerLeavesFromTheAddressThatWasAsked(String wildcard) throws Exception {
    assumeLinux();
    looks.at("127.0.0.1", "127.0.0.2", "127.0.0.3");
    echo(wildcard);
    assertThat(answersFrom("127.0.0.1")).isEqualTo("127.0.0.1");
    assertThat(answersFrom("127.0.0.2")).isEqualTo("127.0.0.2");
    assertThat(answersFrom("127.0.0.3")).isEqualTo("127.0.0.3");
  }

  @Test
  void addressesThatComeAndGoAreFollowed() throws Exception {
    assumeLinux();
    looks.at("127.0.0.1", "127.0.0.2");
    echo("0.0.0.0");
    looks.at("127.0.0.1", "127.0.0.3");
    assertThat(answersFrom("127.0.0.3")).isEqualTo("127.0.0.3");
    assertThat(answersFrom("127.0.0.2")).isEqualTo("127.0.0.1");
    looks.at("127.0.0.2");
    assertThat(answersFrom("127.0.0.2")).isEqualTo("127.0.0.2");
  }

  @Test
  void anAddressWithoutASocketIsAnsweredFromAnother() throws Exception {
    assumeLinux();
    looks.at("127.0.0.2");
    echo("0.0.0.0");
    assertThat(answersFrom("127.0.0.9")).isEqualTo("127.0.0.1");
  }

  @Test
  void anAddressThatCannotBeBoundHarmsNoOther() throws Exception {
    assumeLinux();
    looks.at("203.0.113.77", "127.0.0.2");
    echo("0.0.0.0");
    looks.at("203.0.113.77", "127.0.0.2");
    assertThat(answersFrom("127.0.0.2")).isEqualTo("127.0.0.2");
  }

  @Test
  void aPortInUseAtASingleAddressIsAFailure() throws Exception {
    assumeLinux();
    looks.at("127.0.0.1", "127.0.0.2");
    try (DatagramSocket other = new DatagramSocket(0, address("127.0.0.2"))) {
      assertTaken("0.0.0.0", other.getLocalPort());
      assertTaken("::", other.getLocalPort());
    }
  }

  @Test
  void twoListenersDoNotShareAPort() throws Exception {
    looks.at("127.0.0.1");
    int port = echo("0.0.0.0");
    assertTaken("0.0.0.0", port);
    assertTaken("127.0.0.1", port);
  }

  private void assertTaken(String host, int port) {
    assertThat(
            new EveryAddress(new NioUdp(Loops.start()), new Looks())
                .bind(new InetSocketAddress(host, port), (datagram, from, socket) -> {})
                .toCompletableFuture())
        .failsWithin(Duration.ofMillis(PATIENCE_MILLIS))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(BindException.class);
  }

  @Test
  void closingClosesEverySocketAndLooksNoMore() throws Exception {
    FakeUdp udp = new FakeUdp();
    looks.at("127.0.0.1", "127.0.0.2");
    bind(udp, "0.0.0.0").close();
    assertThat(udp.sockets()).hasSize(3).allMatch(socket -> socket.closed().isDone());
    assertThat(looks.stopped).isTrue();
    looks.at("127.0.0.3");
    assertThat(udp.sockets()).hasSize(3);
  }

  @Test
  void aSocketThatOpensTooLateIsClosed() throws Exception {
    FakeUdp udp = new FakeUdp();
    looks.at();
    UdpSocket socket = bind(udp, "0.0.0.0");
    udp.held();
    looks.at("127.0.0.1");
    socket.close();
    udp.sockets().get(1).open();
    assertThat(udp.sockets().get(1).closed()).isDone();
  }

  @Test
  void onlyTheSocketOfAnAddressThatIsGoneIsClosed() throws Exception {
    FakeUdp udp = new FakeUdp();
    looks.at("127.0.0.1", "127.0.0.2");
    bind(udp, "0.0.0.0");
    looks.at("127.0.0.1");
    assertThat(udp.sockets())
        .extracting(socket -> socket.closed().isDone())
        .containsExactly(false, false, true);
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0, 1", "'::', 4"})
  void eachFamilyAndEachZoneHasItsAddresses(String wildcard, int singles) throws Exception {
    FakeUdp udp = new FakeUdp();
    looks.at("127.0.0.1", "::1", "fe80::1%1", "fe80::1%2");
    bind(udp, wildcard);
    assertThat(udp.sockets()).hasSize(1 + singles);
  }

  @Test
  void theNumberOfSocketsIsLimited() throws Exception {
    FakeUdp udp = new FakeUdp();
    looks.at(
        IntStream.range(0, 300)
            .mapToObj(i -> "10.0." + i / 250 + "." + i % 250)
            .toArray(String[]::new));
    bind(udp, "0.0.0.0");
    assertThat(udp.sockets()).hasSize(257);
  }

  @Test
  void aSingleAddressHasOneSocket() throws Exception {
    FakeUdp udp = new FakeUdp();
    looks.at("127.0.0.1", "127.0.0.2");
    bind(udp, "127.0.0.1");
    assertThat(udp.sockets()).hasSize(1);
    assertThat(looks.look).isNull();
  }

  /** Sends back what it gets; its port. */
  private int echo(String wildcard) throws Exception {
    open = bind(new NioUdp(Loops.start()), wildcard);
    return open.address().getPort();
  }

  private UdpSocket bind(UdpTransport udp, String host) throws Exception {
    return new EveryAddress(udp, looks)
        .bind(
            new InetSocketAddress(host, 0), (datagram, from, socket) -> socket.send(datagram, from))
        .toCompletableFuture()
        .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The address from which the answer comes when {@code address} is asked. */
  private String answersFrom(String address) throws Exception {
    try (DatagramSocket client = new DatagramSocket(0, address("127.0.0.1"))) {
      client.setSoTimeout(PATIENCE_MILLIS);
      client.send(
          new DatagramPacket(
              new byte[1], 1, new InetSocketAddress(address, open.address().getPort())));
      DatagramPacket received = new DatagramPacket(new byte[1], 1);
      client.receive(received);
      return received.getAddress().getHostAddress();
    }
  }

  private static void assumeLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "all of 127/8 is loopback");
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
