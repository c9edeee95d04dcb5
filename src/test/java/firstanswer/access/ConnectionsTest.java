package firstanswer.access;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import firstanswer.clock.NanoClock;
import firstanswer.config.AccessList;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.ListenerLimits;
import firstanswer.testing.Listeners;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final InetAddress ONE = address("192.0.2.1");
  private static final InetAddress TWO = address("192.0.2.2");
  private static final InetAddress THREE = address("192.0.2.3");
  private static final InetAddress STRANGER = address("198.51.100.1");

  private final ClientLimits limits = limits(100);
  private final Connections connections = limits.connections(listener(3, 2));

  @Test
  void clientAtItsShareLeavesRoomForOthers() {
    assertThat(connections.tryOpen(ONE)).isEmpty();
    assertThat(connections.tryOpen(ONE)).isEmpty();
    assertThat(connections.tryOpen(ONE)).contains(Refusal.CONNECTIONS_OF_CLIENT);
    assertThat(connections.tryOpen(TWO)).isEmpty();
  }

  @Test
  void allAddressesOfAHouseholdAreOneClient() {
    assertThat(connections.tryOpen(address("2001:db8::1"))).isEmpty();
    assertThat(connections.tryOpen(address("2001:db8:0:ff::2"))).isEmpty();
    assertThat(connections.tryOpen(address("2001:db8::3"))).contains(Refusal.CONNECTIONS_OF_CLIENT);
    assertThat(connections.tryOpen(address("2001:db8:0:100::1"))).isEmpty();
  }

  @Test
  void allClientsTogetherKeepToTheLimit() {
    letIn(connections, ONE);
    letIn(connections, TWO);
    letIn(connections, THREE);
    assertThat(connections.tryOpen(THREE)).contains(Refusal.CONNECTIONS);
    assertThat(connections.tryOpen(ONE)).contains(Refusal.CONNECTIONS);
  }

  @Test
  void clientThatIsNotAllowedIsRefused() {
    assertThat(connections.tryOpen(STRANGER)).contains(Refusal.NOT_ALLOWED);
    assertThat(limits.refusals(Refusal.NOT_ALLOWED)).isOne();
  }

  @Test
  void listenersShareTheOpenFilesAndAClientGetsHalf() {
    ClientLimits scarce = limits(4);
    Connections text = scarce.connections(listener(100, 100));
    Connections dns = scarce.connections(listener(100, 100));
    CompletableFuture<Done> first = open(text, ONE);
    letIn(text, ONE);
    assertThat(text.tryOpen(ONE)).contains(Refusal.CONNECTIONS_OF_CLIENT);
    letIn(dns, TWO);
    letIn(dns, TWO);
    assertThat(dns.tryOpen(THREE)).contains(Refusal.OPEN_FILES);
    assertThat(text.tryOpen(THREE)).contains(Refusal.OPEN_FILES);
    first.complete(Done.getInstance());
    assertThat(dns.tryOpen(THREE)).isEmpty();
    assertThat(text.tryOpen(THREE)).contains(Refusal.OPEN_FILES);
    assertThat(scarce.refusals(Refusal.OPEN_FILES)).isEqualTo(3);
  }

  @Test
  void endedConnectionMakesRoomHoweverItEnded() {
    CompletableFuture<Done> well = open(ONE);
    CompletableFuture<Done> badly = open(ONE);
    well.complete(Done.getInstance());
    letIn(connections, ONE);
    assertThat(connections.tryOpen(ONE)).isPresent();
    badly.completeExceptionally(new IllegalStateException());
    letIn(connections, ONE);
    assertThat(connections.tryOpen(ONE)).isPresent();
  }

  @Test
  void refusedClientTakesNoRoomAndIsCounted() {
    CompletableFuture<Done> first = open(ONE);
    letIn(connections, ONE);
    for (int i = 0; i < 10; i++) {
      assertThat(connections.tryOpen(ONE)).isPresent();
    }
    assertThat(limits.refusals(Refusal.CONNECTIONS_OF_CLIENT)).isEqualTo(10);
    first.complete(Done.getInstance());
    letIn(connections, ONE);
    letIn(connections, TWO);
  }

  @Test
  void closingAdmitsNobodyAndCompletesWithTheLast() {
    CompletableFuture<Done> one = open(ONE);
    CompletableFuture<Done> two = open(TWO);
    CompletableFuture<Done> allClosed = connections.allClosed().toCompletableFuture();
    assertThat(connections.tryOpen(THREE)).isPresent();
    one.complete(Done.getInstance());
    assertThat(allClosed).isNotDone();
    two.complete(Done.getInstance());
    assertThat(allClosed).isDone();
  }

  @Test
  void closingCompletesAtOnceWithoutConnections() {
    assertThat(connections.allClosed().toCompletableFuture()).isDone();
    assertThat(connections.allClosed().toCompletableFuture()).isDone();
  }

  private static void letIn(Connections connections, InetAddress client) {
    assertThat(open(connections, client)).isNotDone();
  }

  private CompletableFuture<Done> open(InetAddress client) {
    return open(connections, client);
  }

  private static CompletableFuture<Done> open(Connections connections, InetAddress client) {
    CompletableFuture<Done> end = new CompletableFuture<>();
    assertThat(connections.tryOpen(client)).isEmpty();
    connections.closedWith(client, end);
    return end;
  }

  private static ListenerLimits listener(int connections, int perClient) {
    return new ListenerLimits(connections, perClient, 1, 2, 1, Duration.ZERO, Duration.ZERO);
  }

  private static ClientLimits limits(int connections) {
    AccessList ours = AccessList.parse(List.of("192.0.2.0/24", "2001:db8::/32")).orElseThrow();
    return new ClientLimits(
        ClientLimitSettings.of(ours),
        Listeners.limits(connections),
        NanoClock.SYSTEM,
        nextMinute -> {});
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
