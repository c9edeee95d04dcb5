package firstanswer.frontend;

import akka.Done;
import akka.NotUsed;
import firstanswer.settings.AccessList;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import scala.compat.java8.FutureConverters;
import scala.concurrent.ExecutionContext;

/** Counts the open connections of a listener, in all and by client, and lets no more in. */
final class Connections {
  private final AccessList allowed;
  private final int limit;
  private final int limitPerClient;
  private final Map<InetAddress, Integer> openByClient = new HashMap<>();
  private int open;
  private boolean closing;
  private final CompletableFuture<Done> allClosed = new CompletableFuture<>();

  /** Lets in {@code limit} connections, {@code limitPerClient} of them from one address. */
  Connections(AccessList allowed, int limit, int limitPerClient) {
    this.allowed = allowed;
    this.limit = limit;
    this.limitPerClient = limitPerClient;
  }

  /** Counts one more of {@code client}, if there is room. */
  synchronized boolean tryOpen(InetAddress client) {
    int ofClient = openByClient.getOrDefault(client, 0);
    boolean full = open == limit || ofClient == limitPerClient;
    if (closing || full || !allowed.allows(client)) {
      return false;
    }
    openByClient.put(client, ofClient + 1);
    open++;
    return true;
  }

  /**
   * A connection of {@code client} that has been let in ends when {@code end} completes, in
   * whatever way. It is counted at once, on the thread that ends it: a client that sees its
   * connection closed finds the room free.
   */
  NotUsed closedWith(InetAddress client, CompletionStage<Done> end) {
    FutureConverters.toScala(end)
        .onComplete(
            result -> {
              close(client);
              return null;
            },
            ExecutionContext.parasitic$.MODULE$);
    return NotUsed.getInstance();
  }

  private synchronized void close(InetAddress client) {
    open--;
    openByClient.computeIfPresent(client, (c, ofClient) -> ofClient == 1 ? null : ofClient - 1);
    completeIfAllClosed();
  }

  /** Lets nobody in from now on; completes when the last connection has ended. */
  synchronized CompletionStage<Done> allClosed() {
    closing = true;
    completeIfAllClosed();
    return allClosed;
  }

  private void completeIfAllClosed() {
    if (closing && open == 0) {
      allClosed.complete(Done.getInstance());
    }
  }
}
