package firstanswer.upstream.dns;

import firstanswer.config.DnsUpstreamSettings;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.message.RawMessage;
import firstanswer.resolver.Health;
import firstanswer.tsproxy.TsProxy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All exchanges with one name server, as a state machine without sockets, clock or threads: each
 * event changes the state and returns the effects to carry out, in order.
 *
 * <ul>
 *   <li>Each query goes out over a random UDP socket under a random id. An answer counts only if it
 *       comes to that socket, with that id and that question (RFC 5452 section 9.1). Any other
 *       message is counted and dropped. The sockets take datagrams of the server only, and are
 *       replaced while they are in use ({@link SocketRotation}).
 *   <li>After many such messages, an answer over UDP may be a lucky guess, and the query goes to
 *       the same server over TCP ({@link Guesses}).
 *   <li>A query that waits for its answer longer than the server usually takes goes out again over
 *       UDP, up to three times ({@link Unanswered}).
 *   <li>No more queries are in flight than the server takes; further queries wait ({@link Flow}).
 *   <li>After a truncated answer, the query goes to the same server over TCP ({@link TcpFallback}).
 *   <li>A server that rejects EDNS gets the query without EDNS (RFC 6891 section 7).
 *   <li>Asks wait until the UDP sockets are open and the server's address is known.
 *   <li>If the way to the server is in trouble, the asker of a query gets the trouble as an answer,
 *       once. When the asker asks again, it gets the answer that comes after the trouble.
 *   <li>A server that is silent or down gets probes, and few queries while it is down.
 *   <li>A forgotten query stays for a while, because its answer shows the health of the server.
 * </ul>
 *
 * <p>The class is long because each event has a method here; the rules are in the classes named.
 */
final class Exchange {
  private final Route route;
  private final Transactions transactions;
  private final Effects effects = new Effects();
  private final ServerWatch watch;
  private final Flow flow;
  private final SocketRotation sockets;
  private final Probing probing;
  private final CaseRule caseRule;
  private final Guesses guesses = new Guesses();
  private final TcpFallback tcp;
  private final Sending sending;
  private final WaitingRoom waiting;

  /**
   * Begins before any socket is open and before the server's host is looked up.
   *
   * @param ids chooses ids and sockets; nobody may be able to foresee them
   * @param jitter shortens the waits between probes
   */
  Exchange(DnsUpstreamSettings settings, RandomIds ids, RandomGenerator jitter) {
    this.route = new Route(new Channels(settings.sockets(), ids));
    this.transactions = new Transactions(settings.maxPending(), ids);
    this.watch = new ServerWatch(settings, jitter, effects);
    this.flow = new Flow(watch, effects);
    this.caseRule = new CaseRule(settings.questionCase());
    this.sockets = new SocketRotation(route.channels(), effects, watch);
    this.probing = new Probing(route, transactions, flow, sockets, effects);
    this.tcp = new TcpFallback(transactions, effects, watch, route::server, jitter);
    this.sending = new Sending(settings, route, transactions, flow, caseRule, ids, effects);
    this.waiting = new WaitingRoom(settings.maxPending(), route, effects);
  }

  /** The UDP socket of {@code channel} is open. */
  List<Effect> onOpened(int channel) {
    sockets.onOpened(channel);
    waiting.look(sending::begin);
    probing.onOpened();
    return takeAfterSending();
  }

  /** A UDP socket cannot be opened. */
  List<Effect> onNotOpened(String reason) {
    route.notOpened(reason);
    waiting.look(sending::begin);
    return effects.take();
  }

  /** The look-up of the server's host gave this address. */
  List<Effect> onFound(InetSocketAddress address) {
    if (route.found(address)) {
      sockets.openAll(address);
      tcp.onMoved();
    }
    waiting.look(sending::begin);
    return effects.take();
  }

  /** The look-up of the server's host gave nothing. */
  List<Effect> onNotFound(String reason) {
    if (!route.isLookedUp()) {
      effects.add(new Effect.LogHostUnknown(reason));
    }
    route.notFound();
    waiting.look(sending::begin);
    return effects.take();
  }

  List<Effect> onAsk(TsProxy.Ask ask) {
    if (!transactions.addAgain(ask) && !waiting.addAgain(ask)) {
      onNewAsk(ask);
    }
    return effects.take();
  }

  private void onNewAsk(TsProxy.Ask ask) {
    if (!watch.admitsQuery()) {
      sending.pass(ask, Unheard.Cause.DOWN);
      return;
    }
    watch.onQuery();
    if (route.isOpen()) {
      sending.begin(ask);
    } else if (waiting.add(ask)) {
      waiting.look(sending::begin);
    } else {
      sending.pass(ask, Unheard.Cause.OVER_BUDGET);
    }
  }

  /** Sends the waiting queries that there is room for after an event, and returns all effects. */
  private List<Effect> takeAfterSending() {
    sending.sendWaiting();
    return effects.take();
  }

  List<Effect> onTick() {
    watch.onTick();
    return effects.take();
  }

  /** All messages that arrived before the tick at {@code now} are handled. */
  List<Effect> onTickHandled(long now) {
    watch.onTickHandled(now, route.whySilent());
    flow.onTick().forEach(sending::sendAgain);
    flow.removeForgotten().forEach(transactions::end);
    if (watch.isDown()) {
      flow.takeAsks().forEach(ask -> sending.pass(ask, Unheard.Cause.DOWN));
    }
    tcp.onTick();
    boolean awaiting = !transactions.isEmpty() || !waiting.isEmpty() || flow.waiting() > 0;
    sockets.onTick(route.knownServer(), awaiting);
    if (watch.takeProbe()) {
      probing.probe();
    }
    watch.adjustTimers(awaiting || sockets.areSomeRetired());
    return takeAfterSending();
  }

  /** The wait between two probes is over. */
  List<Effect> onProbeDue() {
    watch.onProbeDue();
    if (watch.isDown()) {
      probing.probe();
    }
    return effects.take();
  }

  /** The asker no longer needs an answer to {@code ask}. */
  List<Effect> onForget(long ask) {
    waiting.forget(ask);
    flow.forget(ask);
    transactions.of(ask).ifPresent(probing::forget);
    return takeAfterSending();
  }

  List<Effect> onDatagram(int channel, RawMessage message) {
    transactions
        .match(channel, message)
        .ifPresentOrElse(match -> onAnswer(channel, match), () -> onForeign(channel, message));
    return takeAfterSending();
  }

  private void onForeign(int channel, RawMessage message) {
    if (transactions.isGuess(channel, message)) {
      guesses.add(channel, watch.nowNanos());
    }
  }

  /** The server's system says that nobody listens at the port that this socket sends to. */
  List<Effect> onRefused(int channel) {
    watch.onRefused();
    watch.adjustTimers(true);
    tellTrouble(channel, "refused");
    return effects.take();
  }

  /** There is no way to the server from that socket; perhaps our own address has changed. */
  List<Effect> onUnreachable(int channel, String reason) {
    if (sockets.mayOpenAll()) {
      route.knownServer().ifPresent(sockets::openAll);
    }
    tellTrouble(channel, reason);
    return effects.take();
  }

  private void tellTrouble(int channel, String reason) {
    Unheard trouble = new Unheard(Unheard.Cause.UNREACHABLE, reason);
    transactions
        .over(channel)
        .forEach(t -> transactions.tellTrouble(t, trouble).ifPresent(effects::add));
  }

  private void onAnswer(int channel, Match match) {
    Transaction transaction = match.transaction();
    boolean doubtful = guesses.castDoubt(channel, transaction.firstSentNanos());
    watch.onAnswer(match.response().answer(), match.sentNanos());
    if (!doubtful) {
      caseRule.onAnswer(match.caseEchoed());
      if (match.response().mayMeanOverload() && flow.isRefusedForLoad(transaction)) {
        return;
      }
    }
    flow.onAnswer(transaction, !match.former() && !match.response().mayMeanOverload());
    if (transaction.asker().isEmpty()) {
      transactions.end(transaction);
    } else if (doubtful || !match.caseEchoed() || match.response().isWorthTcp()) {
      tcp.take(transaction);
    } else if (match.response().rejectsEdns()) {
      transactions.dropEdns(transaction);
      sending.send(transaction);
    } else {
      transactions.settle(transaction, match.response().answer()).ifPresent(effects::add);
    }
  }

  /** The server has accepted the TCP connection with this number. */
  List<Effect> onConnected(int connection) {
    tcp.onConnected(connection);
    return effects.take();
  }

  List<Effect> onTcpMessage(RawMessage message) {
    tcp.onMessage(message);
    return effects.take();
  }

  /**
   * The TCP connection takes no more queries for now, and has not taken the query with {@code id}.
   */
  List<Effect> onTcpBusy(int id) {
    tcp.onBusy(id);
    return effects.take();
  }

  /** The TCP connection with this number is gone, or could not be made. */
  List<Effect> onClosed(int connection, String reason) {
    tcp.onClosed(connection, reason);
    return effects.take();
  }

  Health health() {
    return watch.health();
  }

  /** The number of messages that answered no open transaction: late, double or forged. */
  long unexpected() {
    return transactions.unexpected();
  }
}
