package firstanswer.upstream.dns;

import firstanswer.config.DnsUpstreamSettings;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.message.RawMessage;
import firstanswer.resolver.Health;
import firstanswer.tsproxy.TsProxy;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * All exchanges with one name server, as a state machine without sockets, clock or threads: each
 * event changes the state and returns the effects to carry out, in order.
 *
 * <ul>
 *   <li>Each query goes out over a random UDP socket under a random id. An answer counts only if it
 *       comes from the server's address and port to that socket, with that id and that question
 *       (RFC 5452 section 9.1). Any other message is counted and dropped.
 *   <li>A query without an answer in time goes out once more over UDP.
 *   <li>A cut answer sends the query to the same server over TCP ({@link TcpFallback}).
 *   <li>A server that rejects EDNS gets the query without EDNS (RFC 6891 section 7).
 *   <li>Asks wait until the UDP sockets are open and the server's host was looked up.
 *   <li>A server that is down or in doubt gets probes, and few queries while it is down.
 *   <li>A forgotten query stays until its time is over: its answer tells how the server is.
 * </ul>
 */
final class Exchange {
  private final int maxPending;
  private final Route route;
  private final Transactions transactions;
  private final Effects effects = new Effects();
  private final ServerWatch watch;
  private final TcpFallback tcp;

  /** The asks that came before it was known if queries can be sent, by id. */
  private final Map<Long, TsProxy.Ask> early = new LinkedHashMap<>();

  /**
   * Begins before any socket is open and before the server's host is looked up.
   *
   * @param ids chooses ids and sockets; nobody may be able to foresee them
   * @param jitter shortens the waits between probes
   */
  Exchange(DnsUpstreamSettings settings, RandomIds ids, RandomGenerator jitter) {
    this.maxPending = settings.maxPending();
    this.route = new Route(new Channels(settings.sockets(), ids));
    this.transactions = new Transactions(maxPending, ids);
    this.watch = new ServerWatch(settings, jitter, effects);
    this.tcp = new TcpFallback(transactions, effects, route::server);
  }

  /** The UDP socket of that channel is open. */
  List<Effect> onOpened(int channel) {
    route.channels().opened(channel);
    return beginEarly();
  }

  /** A UDP socket cannot be opened. */
  List<Effect> onNotOpened() {
    route.channels().notOpened();
    return beginEarly();
  }

  /** The look-up of the server's host gave this address. */
  List<Effect> onFound(InetSocketAddress address) {
    route.found(address);
    return beginEarly();
  }

  /** The look-up of the server's host gave nothing. */
  List<Effect> onNotFound(String reason) {
    if (!route.isLookedUp()) {
      effects.add(new Effect.LogHostUnknown(reason));
    }
    route.notFound();
    return beginEarly();
  }

  private List<Effect> beginEarly() {
    if (route.isSettled()) {
      early.values().forEach(this::begin);
      early.clear();
    }
    return effects.take();
  }

  List<Effect> onAsk(TsProxy.Ask ask) {
    if (route.isSettled()) {
      begin(ask);
    } else if (early.size() < maxPending) {
      early.put(ask.id(), ask);
    } else {
      pass(ask, Unheard.Cause.OVER_BUDGET);
    }
    return effects.take();
  }

  private void begin(TsProxy.Ask ask) {
    if (!watch.admitsQuery()) {
      pass(ask, Unheard.Cause.DOWN);
      return;
    }
    watch.onQuery();
    Optional<Unheard> obstacle = route.obstacle();
    if (obstacle.isPresent()) {
      effects.add(new Effect.Reply(ask, obstacle.get()));
    } else {
      transactions
          .begin(ask, route.channels().any())
          .ifPresentOrElse(this::sendFirst, () -> pass(ask, Unheard.Cause.OVER_BUDGET));
    }
  }

  private void pass(TsProxy.Ask ask, Unheard.Cause cause) {
    effects.add(new Effect.Reply(ask, new Unheard(cause)));
  }

  private void sendFirst(Transaction transaction) {
    watch.onSend(transaction);
    send(transaction);
  }

  private void send(Transaction transaction) {
    effects.add(new Effect.Send(transaction.channel(), transaction.query(), route.server()));
  }

  List<Effect> onTick() {
    watch.onTick();
    return effects.take();
  }

  /** The messages that arrived before {@code now}, a tick, are handled. */
  List<Effect> onTickHandled(long now) {
    watch.removeLate(now).forEach(this::onLate);
    if (watch.needsProbe()) {
      watch.onProbeInDoubt();
      probe();
    }
    watch.adjustTimers();
    return effects.take();
  }

  private void onLate(Transaction transaction) {
    if (transaction.asker().isEmpty()) {
      transactions.end(transaction);
    } else {
      send(transaction);
    }
  }

  /** The wait between two probes is over. */
  List<Effect> onProbeDue() {
    watch.onProbeDue();
    if (watch.isDown()) {
      probe();
    }
    return effects.take();
  }

  private void probe() {
    if (route.obstacle().isEmpty()) {
      Optional<Transaction> probe = transactions.beginProbe(route.channels().any());
      probe.ifPresent(this::sendFirst);
      probe.ifPresent(this::endIfTooManyUnawaited);
    }
  }

  private void endIfTooManyUnawaited(Transaction transaction) {
    if (transactions.hasTooManyUnawaited()) {
      watch.drop(transaction);
      transactions.end(transaction);
    }
  }

  /** The asker no longer needs an answer to the ask of that id. */
  List<Effect> onForget(long ask) {
    early.remove(ask);
    transactions.of(ask).ifPresent(this::forget);
    return effects.take();
  }

  private void forget(Transaction transaction) {
    if (watch.awaits(transaction)) {
      transactions.forget(transaction);
      endIfTooManyUnawaited(transaction);
    } else {
      transactions.end(transaction);
    }
  }

  List<Effect> onDatagram(int channel, RawMessage message, InetSocketAddress from) {
    if (route.isServer(from)) {
      transactions.match(channel, message).ifPresent(this::onAnswer);
    } else {
      transactions.countUnexpected();
    }
    return effects.take();
  }

  private void onAnswer(Transactions.Match match) {
    Transaction transaction = match.transaction();
    watch.onAnswer(transaction, match.response().answer());
    if (transaction.asker().isEmpty()) {
      transactions.end(transaction);
    } else if (match.response().truncated()) {
      tcp.take(transaction);
    } else if (match.response().rejectsEdns()) {
      transactions.dropEdns(transaction);
      sendFirst(transaction);
    } else {
      transactions.settle(transaction, match.response().answer()).ifPresent(effects::add);
    }
  }

  /** The server has accepted the TCP connection of that number. */
  List<Effect> onConnected(int connection) {
    tcp.onConnected(connection);
    return effects.take();
  }

  List<Effect> onTcpMessage(RawMessage message) {
    tcp.onMessage(message);
    return effects.take();
  }

  /** The TCP connection takes no more queries for now, not even that with {@code id}. */
  List<Effect> onTcpBusy(int id) {
    tcp.onBusy(id);
    return effects.take();
  }

  /** The TCP connection of that number is gone, or never came about. */
  List<Effect> onClosed(int connection, String reason) {
    tcp.onClosed(connection, reason);
    return effects.take();
  }

  Health health() {
    return watch.health();
  }

  /** How many messages were no answer to any open transaction: late, double or forged ones. */
  long unexpected() {
    return transactions.unexpected();
  }
}
