package firstanswer.upstream.dns;

/**
 * The transactions of an {@link Exchange} that nobody waits for: probes, and queries whose askers
 * have forgotten them. Their answers show how the server is. There is a limit to how many go on.
 */
final class Probing {
  private final Route route;
  private final Transactions transactions;
  private final ServerWatch watch;
  private final SocketRotation sockets;
  private final Effects effects;

  Probing(
      Route route,
      Transactions transactions,
      ServerWatch watch,
      SocketRotation sockets,
      Effects effects) {
    this.route = route;
    this.transactions = transactions;
    this.watch = watch;
    this.sockets = sockets;
    this.effects = effects;
  }

  /** Sends a probe. Where no socket is open, tries to open one. */
  void probe() {
    if (route.isOpen()) {
      transactions.beginProbe(route.channels().any()).ifPresent(this::send);
    } else {
      route.knownServer().ifPresent(sockets::openOne);
    }
  }

  private void send(Transaction probe) {
    watch.onProbe(probe);
    effects.add(new Effect.Send(probe.channel(), probe.query(), route.server()));
    endIfTooMany(probe);
  }

  /** Nobody waits for the answer any more. Over TCP, the transaction is over. */
  void forget(Transaction transaction) {
    if (watch.forget(transaction)) {
      transactions.forget(transaction);
      endIfTooMany(transaction);
    } else {
      transactions.end(transaction);
    }
  }

  private void endIfTooMany(Transaction transaction) {
    if (transactions.hasTooManyUnawaited()) {
      watch.drop(transaction);
      transactions.end(transaction);
    }
  }
}
