package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import firstanswer.settings.AccessList;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final InetAddress ONE = address(1);
  private static final InetAddress TWO = address(2);
  private static final InetAddress THREE = address(3);

  private final Connections connections = new Connections(AccessList.ANYBODY, 3, 2);

  @Test
  void aClientHasNoMoreThanItsShareAndOthersStillGetIn() {
    assertThat(connections.tryOpen(ONE)).isTrue();
    assertThat(connections.tryOpen(ONE)).isTrue();
    assertThat(connections.tryOpen(ONE)).isFalse();
    assertThat(connections.tryOpen(TWO)).isTrue();
  }

  @Test
  void allTogetherHaveNoMoreThanTheLimit() {
    connections.tryOpen(ONE);
    connections.tryOpen(TWO);
    assertThat(connections.tryOpen(THREE)).isTrue();
    assertThat(connections.tryOpen(THREE)).isFalse();
    assertThat(connections.tryOpen(address(4))).isFalse();
  }

  @Test
  void whatHasEndedInWhateverWayMakesRoom() {
    CompletableFuture<Done> well = open(ONE);
    CompletableFuture<Done> badly = open(ONE);
    well.complete(Done.getInstance());
    assertThat(connections.tryOpen(ONE)).isTrue();
    assertThat(connections.tryOpen(ONE)).isFalse();
    badly.completeExceptionally(new IllegalStateException());
    assertThat(connections.tryOpen(ONE)).isTrue();
    assertThat(connections.tryOpen(ONE)).isFalse();
  }

  @Test
  void whoIsRefusedTakesNoRoom() {
    CompletableFuture<Done> first = open(ONE);
    assertThat(connections.tryOpen(ONE)).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(connections.tryOpen(ONE)).isFalse();
    }
    first.complete(Done.getInstance());
    assertThat(connections.tryOpen(ONE)).isTrue();
    assertThat(connections.tryOpen(TWO)).isTrue();
  }

  @Test
  void whenAllAreToCloseNobodyGetsInAndTheLastSaysSo() {
    CompletableFuture<Done> one = open(ONE);
    CompletableFuture<Done> two = open(TWO);
    CompletableFuture<Done> allClosed = connections.allClosed().toCompletableFuture();
    assertThat(connections.tryOpen(THREE)).isFalse();
    one.complete(Done.getInstance());
    assertThat(allClosed).isNotDone();
    two.complete(Done.getInstance());
    assertThat(allClosed).isDone();
  }

  @Test
  void whereThereAreNoneAllAreClosed() {
    assertThat(connections.allClosed().toCompletableFuture()).isDone();
    assertThat(connections.allClosed().toCompletableFuture()).isDone();
  }

  private CompletableFuture<Done> open(InetAddress client) {
    CompletableFuture<Done> end = new CompletableFuture<>();
    assertThat(connections.tryOpen(client)).isTrue();
    connections.closedWith(client, end);
    return end;
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
