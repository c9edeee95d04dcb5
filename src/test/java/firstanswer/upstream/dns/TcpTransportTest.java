package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HealthSettings;
import firstanswer.config.QuestionCase;
import firstanswer.testing.Peer;
import firstanswer.transport.tcp.OutgoingConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpTransportTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ActorTestKit testKit = ActorTestKit.create();
  private final TestProbe<OutgoingConnection.Event<byte[]>> events = testKit.createTestProbe();
  private final TcpTransport link =
      new TcpTransport(
          new DnsUpstreamSettings(
              1,
              10,
              LONG,
              LONG,
              LONG,
              LONG,
              LONG,
              new HealthSettings(2, LONG, LONG, LONG, 1),
              QuestionCase.KEPT),
          testKit.system());

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  /** Such a query has not failed: it waits to hear that the connection is lost. */
  @Test
  void aQueryThatMeetsAClosedConnectionIsNotRefused() throws Exception {
    int port;
    try (ServerSocket listener = Peer.listen()) {
      port = listener.getLocalPort();
    }
    link.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        events.getRef(),
        event -> event);
    OutgoingConnection.Event<byte[]> event = events.receiveMessage();
    while (!(event instanceof OutgoingConnection.Closed)) {
      event = events.receiveMessage();
    }
    assertThat(link.send(new byte[12])).isTrue();
    link.close();
  }
}
