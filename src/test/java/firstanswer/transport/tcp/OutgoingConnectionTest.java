package firstanswer.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import firstanswer.transport.tcp.OutgoingConnection.Acknowledged;
import firstanswer.transport.tcp.OutgoingConnection.Closed;
import firstanswer.transport.tcp.OutgoingConnection.Established;
import firstanswer.transport.tcp.OutgoingConnection.Event;
import firstanswer.transport.tcp.OutgoingConnection.Messages;
import firstanswer.transport.tcp.OutgoingConnection.Opening;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test is the owner, and says when the connection stands and what the server sends. */
class OutgoingConnectionTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final ActorTestKit testKit = ActorTestKit.create();
  private final TestProbe<Event<String>> owner = testKit.createTestProbe();
  private final CompletableFuture<Tcp.OutgoingConnection> connected = new CompletableFuture<>();

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void theOwnerHearsOfMessagesAndThenOfTheEnd() {
    connected.complete(between(40_000, 53));
    CompletableFuture<String> message = new CompletableFuture<>();
    open(Source.completionStage(message));
    acknowledgeOpening();
    owner.expectMessage(new Established<>());
    message.complete("hello");
    Messages<String> messages = (Messages<String>) owner.receiveMessage();
    assertThat(messages.messages()).containsExactly("hello");
    messages.acknowledge().tell(Acknowledged.ACKNOWLEDGED);
    owner.expectMessage(new Closed<>("closed by the server"));
  }

  @Test
  void aConnectionThatHasClosedSaysNothingFurther() {
    open(Source.empty());
    acknowledgeOpening();
    owner.expectMessage(new Closed<>("closed by the server"));
    connected.complete(between(40_000, 53));
    owner.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void aConnectionThatFailsSaysWhy() {
    open(Source.never());
    acknowledgeOpening();
    connected.completeExceptionally(new IllegalStateException("no way there"));
    owner.expectMessage(new Closed<>("no way there"));
  }

  @Test
  void aConnectionToItselfIsNotEstablished() {
    connected.complete(between(5300, 5300));
    open(Source.never());
    acknowledgeOpening();
    assertThat(((Closed<String>) owner.receiveMessage()).reason()).contains("back to itself");
  }

  private void open(Source<String, ?> fromServer) {
    Flow<String, String, CompletionStage<Tcp.OutgoingConnection>> protocol =
        Flow.fromSinkAndSource(Sink.<String>ignore(), fromServer)
            .mapMaterializedValue(unused -> connected);
    OutgoingConnection.open(protocol, 10, testKit.system(), owner.getRef(), event -> event);
  }

  private void acknowledgeOpening() {
    ((Opening<String>) owner.receiveMessage()).acknowledge().tell(Acknowledged.ACKNOWLEDGED);
  }

  private static Tcp.OutgoingConnection between(int localPort, int remotePort) {
    return new Tcp.OutgoingConnection(
        new akka.stream.scaladsl.Tcp.OutgoingConnection(
            new InetSocketAddress(LOOPBACK, remotePort),
            new InetSocketAddress(LOOPBACK, localPort)));
  }
}
