package firstanswer.access;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets queries of clients into one listener: the access list, the rate, and the queries in flight.
 * Front ends ask here before they do anything expensive. Each refusal is counted.
 */
public final class Admission {
  private final ClientLimits limits;
  private final InFlight inFlight;

  /**
   * For one listener.
   *
   * @param maxInFlight queries in flight at the listener; one client never has more than half
   * @param maxWaiting queries beyond that may wait, one of each connection
   */
  public Admission(ClientLimits limits, int maxInFlight, int maxWaiting) {
    this.limits = limits;
    this.inFlight = limits.inFlight(maxInFlight, maxWaiting);
  }

  /** Why {@code client} may not send the datagram that it has just sent; empty if it may. */
  public Optional<Refusal> check(Client client) {
    return limits.allows(client.address())
        ? checkRate(client)
        : refuse(Refusal.NOT_ALLOWED, client);
  }

  /** The same for a client whose connection has been let in. */
  public Optional<Refusal> checkRate(Client client) {
    return limits.withinRate(client.network()) ? Optional.empty() : refuse(Refusal.RATE, client);
  }

  /**
   * Starts {@code query} as soon as there is room. The outer stage completes when it has started,
   * the inner one is its own. If too many queries wait already, the result is {@code busy}.
   */
  public <T> CompletionStage<CompletionStage<T>> startWhenRoom(
      Client client, Supplier<CompletionStage<T>> query, Supplier<T> busy) {
    return inFlight.start(
        client.network(),
        query,
        () -> {
          limits.refused(Refusal.IN_FLIGHT, client.network());
          return busy.get();
        });
  }

  /** Starts {@code query} if there is room now; otherwise there is no stage. */
  public <T> Optional<CompletionStage<T>> startIfRoom(
      Client client, Supplier<CompletionStage<T>> query) {
    Optional<CompletionStage<T>> started = inFlight.tryStart(client.network(), query);
    if (started.isEmpty()) {
      limits.refused(Refusal.IN_FLIGHT, client.network());
    }
    return started;
  }

  private Optional<Refusal> refuse(Refusal why, Client client) {
    limits.refused(why, client.network());
    return Optional.of(why);
  }
}
