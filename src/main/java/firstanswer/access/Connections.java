package firstanswer.access;

import akka.Done;
import firstanswer.transport.tcp.TcpListener;
import firstanswer.transport.tcp.Unsent;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import scala.compat.java8.FutureConverters;
import scala.concurrent.ExecutionContext;

/** Limits the open connections of a listener, in total and per client. */
public final class Connections implements TcpListener.Gate<Refusal> {
  private final ClientLimits limits;
  private final OpenFiles openFiles;
  private final int limit;
  private final int limitPerClient;
  private final Map<ClientNetwork, Integer> openByClient = new HashMap<>();
  private int open;
  private boolean closing;
  private final CompletableFuture<Done> allClosed = new CompletableFuture<>();

  /**
   * Admits at most {@code limit} connections, at most {@code limitPerClient} of one client, and
   * only clients that {@code limits} allow.
   */
  public Connections(ClientLimits limits, OpenFiles openFiles, int limit, int limitPerClient) {
    this.limits = limits;
    this.openFiles = openFiles;
    this.limit = limit;
    this.limitPerClient = limitPerClient;
  }

  @Override
  public Optional<Refusal> tryOpen(InetAddress address) {
    ClientNetwork client = ClientNetwork.of(address);
    Optional<Refusal> refusal =
        limits.allows(address) ? tryOpen(client) : Optional.of(Refusal.NOT_ALLOWED);
    refusal.ifPresent(why -> limits.refused(why, client));
    return refusal;
  }

  private synchronized Optional<Refusal> tryOpen(ClientNetwork client) {
    int ofClient = openByClient.getOrDefault(client, 0);
    if (closing || open == limit) {
      return Optional.of(Refusal.CONNECTIONS);
    }
    if (ofClient == limitPerClient) {
      return Optional.of(Refusal.CONNECTIONS_OF_CLIENT);
    }
    if (!openFiles.tryOpen()) {
      return Optional.of(Refusal.OPEN_FILES);
    }
    openByClient.put(client, ofClient + 1);
    open++;
    return Optional.empty();
  }

  @Override
  public Unsent unsent(InetAddress address) {
    return limits.unsent(ClientNetwork.of(address));
  }

  @Override
  public void closedWith(InetAddress address, CompletionStage<Done> end) {
    ClientNetwork client = ClientNetwork.of(address);
    FutureConverters.toScala(end)
        .onComplete(
            result -> {
              close(client);
              return null;
            },
            ExecutionContext.parasitic$.MODULE$);
  }

  private synchronized void close(ClientNetwork client) {
    open--;
    openFiles.close();
    openByClient.computeIfPresent(client, (c, ofClient) -> ofClient == 1 ? null : ofClient - 1);
    completeIfAllClosed();
  }

  @Override
  public synchronized CompletionStage<Done> allClosed() {
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
