package firstanswer.frontend;

import static firstanswer.frontend.DnsListenerFixture.SETTINGS;
import static firstanswer.frontend.DnsListenerFixture.answered;
import static firstanswer.frontend.DnsListenerFixture.answers;
import static firstanswer.frontend.DnsListenerFixture.assertClosed;
import static firstanswer.frontend.DnsListenerFixture.id;
import static firstanswer.frontend.DnsListenerFixture.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import firstanswer.config.HostPort;
import firstanswer.resolver.Outcome;
import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.HeldResolver;
import firstanswer.testing.Outcomes;
import firstanswer.transport.OpenListener;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;

/** Checks over raw sockets how a DNS listener begins, and how it ends when it is drained. */
class DnsListenerBindingTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final Outcome TIMED_OUT = Outcomes.TIMED_OUT;

  private final DnsListenerFixture server = new DnsListenerFixture(TEST_KIT.system());

  @AfterEach
  void drain() {
    server.close();
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void portZeroServesUdpAndTcpOnOneFreePort() throws Exception {
    int port = server.listen(SETTINGS);
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      assertThat(answers(udp.send(query(1, "known.example.")).receive())).isEqualTo(1);
      assertThat(answers(tcp.send(query(2, "known.example.")).receive())).isEqualTo(1);
    }
  }

  @Test
  void bindFailsAndFreesTcpWhenUdpIsTaken() throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      HostPort taken = new HostPort("127.0.0.1", other.getLocalPort());
      assertThatThrownBy(() -> server.bind(taken, SETTINGS)).isInstanceOf(ExecutionException.class);
      try (ServerSocket tcp = new ServerSocket()) {
        tcp.bind(new InetSocketAddress(taken.host(), taken.port()));
        assertThatThrownBy(() -> server.bind(taken, SETTINGS))
            .isInstanceOf(ExecutionException.class);
      }
    }
  }

  @Test
  void bindFailsAndFreesUdpWhenTcpIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HostPort taken = new HostPort("127.0.0.1", other.getLocalPort());
      assertThatThrownBy(() -> server.bind(taken, SETTINGS)).isInstanceOf(ExecutionException.class);
      awaitFreeForUdp(taken.port());
    }
  }

  @Test
  void wildcardListenerAnswersFromTheAddressThatWasAsked() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "all of 127/8 is loopback");
    OpenListener bound = server.bind(new HostPort("0.0.0.0", 0), SETTINGS);
    assertThat(bound.address().host()).isEqualTo("0.0.0.0");
    for (String address : List.of("127.0.0.1", "127.0.0.2", "127.0.1.1")) {
      InetSocketAddress at = new InetSocketAddress(address, bound.address().port());
      try (DnsDatagrams udp = DnsDatagrams.with(at)) {
        assertThat(answers(udp.send(query(1, "known.example.")).receive())).isEqualTo(1);
      }
    }
  }

  @Test
  void severalAddressesShareTheLimitsAndDrainTogether() throws Exception {
    DnsListenerFixture.Limits one = new DnsListenerFixture.Limits();
    one.inFlight = 1;
    HostPort anyPort = new HostPort("127.0.0.1", 0);
    List<OpenListener> bound = server.bind(List.of(anyPort, anyPort), one.settings());
    try (DnsDatagrams first = DnsDatagrams.with(bound.get(0).address().port());
        DnsDatagrams second = DnsDatagrams.with(bound.get(1).address().port())) {
      first.send(query(1, "held."));
      HeldResolver.Held held = server.held.next(1).get(0);
      assertThat(second.send(query(2, "known.")).receive().getHeader().getFlag(Flags.TC)).isTrue();
      CompletableFuture<?>[] drained =
          bound.stream()
              .map(each -> each.drain().toCompletableFuture())
              .toArray(CompletableFuture[]::new);
      held.tell(TIMED_OUT);
      assertThat(id(first.receive())).isEqualTo(1);
      CompletableFuture.allOf(drained).get(10, TimeUnit.SECONDS);
      for (OpenListener each : bound) {
        int port = each.address().port();
        assertThatThrownBy(() -> DnsStream.connect(port)).isInstanceOf(IOException.class);
        awaitFreeForUdp(port);
      }
    }
  }

  @Test
  void drainAnswersQueriesInFlightAndCloses() throws Exception {
    OpenListener bound = server.bind(SETTINGS);
    int port = bound.address().port();
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port);
        DnsStream idle = answered(port)) {
      udp.send(query(1, "held1."));
      tcp.send(query(2, "held2."));
      List<HeldResolver.Held> queries = server.held.next(2);
      CompletableFuture<?> drained = bound.drain().toCompletableFuture();
      assertClosed(idle);
      assertThat(drained).isNotDone();
      queries.forEach(query -> query.tell(TIMED_OUT));
      assertThat(id(udp.receive())).isEqualTo(1);
      assertThat(id(tcp.receive())).isEqualTo(2);
      assertThat(tcp.countToEnd()).isZero();
      drained.get(10, TimeUnit.SECONDS);
      assertThatThrownBy(() -> DnsStream.connect(port)).isInstanceOf(IOException.class);
      awaitFreeForUdp(port);
    }
  }

  @Test
  void drainTwiceIsDrainOnce() throws Exception {
    OpenListener bound = server.bind(SETTINGS);
    bound.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
    bound.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void awaitFreeForUdp(int port) throws Exception {
    for (int i = 0; i < 1000; i++) {
      try {
        new DatagramSocket(port, InetAddress.getLoopbackAddress()).close();
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    throw new AssertionError("still bound");
  }
}
