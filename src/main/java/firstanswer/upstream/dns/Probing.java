package firstanswer.upstream.dns;

/**
 * The transactions of an {@link Exchange} that nobody waits for: probes, and queries whose askers
 * have forgotten them. Their answers show the health of the server. The number of such transactions
 * is limited.
 */
final class Probing {
  private final Route route;
  private final Transactions transactions;
  private final Flow flow;
  private final SocketRotation sockets;
  private final Effects effects;

  /** Whether a probe goes out when there is a way. */
  private boolean isDue;

  Probing(
      Route route, Transactions transactions, Flow flow, SocketRotation sockets, Effects effects) {
    this.route = route;
    this.transactions = transactions;
    this.flow = flow;
    this.sockets = sockets;
    this.effects = effects;
  }

  /**
   * Sends a probe, over new sockets: if our own address or the route has changed, the sockets that
   * are open are of no use.
   */
  void probe() {
    if (route.knownServer().isPresent()) {
      isDue = true;
      sockets.openAll(route.server());
    }
  }

  /** A socket is open. */
  void onOpened() {
    if (isDue && route.isOpen()) {
      isDue = false;
      transactions.beginProbe(route.channels().any()).ifPresent(this::send);
    }
  }

  private void send(Transaction probe) {
    flow.onProbe(probe);
    effects.add(new Effect.Send(probe.channel(), probe.query(), route.server()));
    endIfTooMany(probe);
  }

  /** Nobody waits for the answer any more. Over TCP, the transaction is over. */
  void forget(Transaction transaction) {
    if (flow.forget(transaction)) {
      transactions.forget(transaction);
      endIfTooMany(transaction);
    } else {
      transactions.end(transaction);
    }
  }

  private void endIfTooMany(Transaction transaction) {
    if (transactions.hasTooManyUnawaited()) {
      flow.drop(transaction);
      transactions.end(transaction);
    }
  }
}
