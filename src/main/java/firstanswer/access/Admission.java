package firstanswer.access;

import firstanswer.config.ListenerLimits;
import firstanswer.congestion.Congestion;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Admits queries to one listener by the access list, the rate, and the queries in flight. Front
 * ends call it before anything expensive. It counts each refusal.
 */
public final class Admission {
  private final ClientLimits limits;
  private final InFlight inFlight;

  /**
   * Creates the admission of one listener. One client gets at most half of the queries in flight
   * there, and one query of each connection may wait for a place.
   *
   * @param congestion says when servers cannot keep up; then few new queries start
   */
  public Admission(ClientLimits clients, ListenerLimits listener, Congestion congestion) {
    this.limits = clients;
    this.inFlight = clients.inFlight(listener.maxInFlight(), listener.maxConnections(), congestion);
  }

  /**
   * The reason to refuse the datagram that {@code client} has just sent; empty if there is none.
   */
  public Optional<Refusal> check(Client client) {
    return limits.allows(client.address())
        ? checkRate(client)
        : refuse(Refusal.NOT_ALLOWED, client);
  }

  /** The same for a client on an open connection, for which the access list has been checked. */
  public Optional<Refusal> checkRate(Client client) {
    return limits.withinRate(client.network()) ? Optional.empty() : refuse(Refusal.RATE, client);
  }

  /**
   * Whether to tell a client why it was refused. Clients that may not ask are told so at a limited
   * rate; over the rate, they get no answer at all.
   */
  public boolean tells(Refusal why) {
    return why != Refusal.NOT_ALLOWED || limits.mayTellNotAllowed();
  }

  /** Counts a message of {@code client} that is no query and gets no answer. */
  public void countNoQuery(Client client) {
    checkRate(client);
    limits.refused(Refusal.NO_QUERY, client.network());
  }

  /**
   * Starts {@code query} as soon as there is room. The outer stage completes when the query has
   * started; the inner stage is the query's own. If too many queries wait already, the query does
   * not start, and {@code busy} is its result.
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

  /** Starts {@code query} if there is room now; otherwise returns no stage. */
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
