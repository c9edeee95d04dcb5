package firstanswer.upstream.dns;

import firstanswer.tsproxy.TsProxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The queries to one server over UDP. {@link Window} limits the queries in flight. Further queries
 * wait here, the oldest first.
 *
 * <p>A query that the server has lost or refused goes out again before those that wait. Each answer
 * lets one of them out, because only an answer shows that the server has room.
 */
final class Flow {
  /** How often a server may refuse a query before the query is not asked again. */
  private static final int MAX_REFUSALS = 2;

  /** The same for a server that has lately answered queries after it had refused them. */
  private static final int MAX_REFUSALS_FOR_LOAD = 10;

  private static final int LATELY_TICKS = 20;

  private final ServerWatch watch;
  private final Effects effects;
  private final Window window;
  private final Backlog backlog = new Backlog();
  private final Unanswered unanswered = new Unanswered();

  /** The queries that the server has lost. Some may be over by now. */
  private final Set<Transaction> lost = new LinkedHashSet<>();

  /** The queries that the server has refused since the last tick. Some may be over by now. */
  private final Set<Transaction> refused = new LinkedHashSet<>();

  private final Map<Long, TsProxy.Ask> asks = new LinkedHashMap<>();

  /** The time when the newest answered query was sent, to a tick. */
  private long newestAnsweredNanos = Long.MIN_VALUE;

  /** Whether the last event was an answer, which has made room at the server. */
  private boolean hasAnswered;

  private boolean isCongested;

  /** The ticks for which {@link #MAX_REFUSALS_FOR_LOAD} still applies; 0 if it does not. */
  private int refusesForLoadTicks;

  /**
   * Begins without queries.
   *
   * @param watch the clock, which this class tells of each query and each probe
   * @param effects takes the effects to carry out
   */
  Flow(ServerWatch watch, Effects effects) {
    this.watch = watch;
    this.effects = effects;
    this.window = new Window(Transactions.MAX_LIMIT);
  }

  /** Whether a new ask need not wait. */
  boolean takesNew() {
    return asks.isEmpty() && lost.isEmpty() && hasRoom();
  }

  private boolean hasRoom() {
    return unanswered.inFlight() < window.limit();
  }

  /** An ask waits from now on. */
  void add(TsProxy.Ask ask) {
    asks.put(ask.id(), ask);
    noteCongestion();
  }

  /** Nobody needs the answer to a waiting ask any more. */
  void forget(long ask) {
    if (asks.remove(ask) != null) {
      noteCongestion();
    }
  }

  /** The number of asks that wait. */
  int waiting() {
    return asks.size();
  }

  /**
   * Removes and returns the lost query that is to go out now, if there is one: one for each answer,
   * because then the server has room, and a few if the server has hardly any queries.
   */
  Optional<Transaction> pollLost() {
    boolean mayGo = hasAnswered || unanswered.inFlight() < Window.MIN;
    hasAnswered = false;
    return mayGo && hasRoom() ? poll(lost) : Optional.empty();
  }

  /** Removes and returns the ask that is to begin now, if there is one. */
  Optional<TsProxy.Ask> pollAsk() {
    return hasRoom() ? poll(asks.values()) : Optional.empty();
  }

  private <T> Optional<T> poll(Iterable<T> queue) {
    Iterator<T> oldestFirst = queue.iterator();
    if (!oldestFirst.hasNext()) {
      return Optional.empty();
    }
    T oldest = oldestFirst.next();
    oldestFirst.remove();
    noteCongestion();
    return Optional.of(oldest);
  }

  /** Removes and returns all waiting asks. */
  List<TsProxy.Ask> takeAsks() {
    List<TsProxy.Ask> all = List.copyOf(asks.values());
    asks.clear();
    noteCongestion();
    return all;
  }

  private void noteCongestion() {
    boolean now = backlog.isCongestedBy(asks.size(), window.limit());
    if (now != isCongested) {
      isCongested = now;
      effects.add(new Effect.ChangeCongestion(now));
    }
  }

  /** The query goes out, for the first time or once more. */
  void onSend(Transaction transaction) {
    watch.onSend();
    unanswered.addSent(transaction, watch.nowNanos());
    window.onSent(unanswered.inFlight());
  }

  /** A probe goes out. */
  void onProbe(Transaction probe) {
    watch.onProbe();
    unanswered.addProbe(probe, watch.nowNanos());
  }

  /**
   * The server has answered the query.
   *
   * @param showsLoss whether the answer shows that the query was lost, if it seemed lost: an answer
   *     to its repetition, and no refusal
   */
  void onAnswer(Transaction transaction, boolean showsLoss) {
    if (transaction.refusals() > 0 && showsLoss) {
      refusesForLoadTicks = LATELY_TICKS;
    }
    if (transaction.seemedLost() && showsLoss) {
      window.onLossConfirmed(watch.ticksSince(transaction.firstSentNanos()));
    }
    backlog.onAnswer();
    hasAnswered = true;
    unanswered.remove(transaction);
    newestAnsweredNanos = Math.max(newestAnsweredNanos, transaction.firstSentNanos());
  }

  /**
   * Whether to take a refusal as a sign of overload. If so, the query waits here to be sent again.
   * Otherwise the refusal is the answer to the query: the server has refused it often enough
   * before, nobody waits for it, or few queries are in flight and none seemed lost lately.
   */
  boolean isRefusedForLoad(Transaction transaction) {
    if (refused.contains(transaction) || lost.contains(transaction)) {
      // The refusal answers an earlier copy of a query that already waits to be sent again.
      return true;
    }
    boolean loaded = unanswered.inFlight() > Window.MIN || window.isLosing();
    if (!loaded || transaction.refusals() >= maxRefusals() || transaction.asker().isEmpty()) {
      return false;
    }
    unanswered.remove(transaction);
    window.onLoss();
    transaction.seemsLost();
    transaction.isRefused();
    return refused.add(transaction);
  }

  private int maxRefusals() {
    return refusesForLoadTicks > 0 ? MAX_REFUSALS_FOR_LOAD : MAX_REFUSALS;
  }

  /** Nobody waits for the answer any more; true if the answer may still come over UDP. */
  boolean forget(Transaction transaction) {
    return unanswered.forget(transaction);
  }

  /** The transaction goes on elsewhere, or is over. */
  void drop(Transaction transaction) {
    unanswered.remove(transaction);
  }

  /**
   * One tick has passed. Removes and returns the late queries that are to be sent again at once. If
   * the server has meanwhile answered a query that was first sent no earlier, a late query seems
   * lost, and waits for room instead.
   */
  List<Transaction> onTick() {
    lost.addAll(refused);
    refused.clear();
    window.onTick();
    backlog.onTick();
    refusesForLoadTicks = Math.max(0, refusesForLoadTicks - 1);
    noteCongestion();
    long interval = watch.retransmitNanos();
    unanswered.age(watch.handledNanos(), interval);
    List<Transaction> slow = new ArrayList<>();
    for (Transaction due :
        unanswered.removeDue(watch.handledNanos(), interval, watch.maxRetransmitNanos())) {
      if (due.lastSentNanos() <= newestAnsweredNanos) {
        window.onLoss();
        due.seemsLost();
        lost.add(due);
      } else {
        slow.add(due);
      }
    }
    return slow;
  }

  /** Removes and returns the transactions whose answers would be too late to show anything. */
  List<Transaction> removeForgotten() {
    return unanswered.removeForgotten(watch.handledNanos(), ServerWatch.LATEST_ANSWER.toNanos());
  }
}
