package firstanswer.upstream.text;

import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.tsproxy.TsProxy;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The queries that wait for one upstream. The queries are kept by name, since only the name tells
 * which question an answer of the text protocol belongs to. The first answer to a name goes to all
 * askers of the name.
 *
 * <p>A query waits until it is answered or its asker forgets it, so there are no timers here. Each
 * name is in one {@link State}; the states also are the queues of the names to send.
 */
final class PendingQueries {

  /** The use of an answer from the server. */
  enum Delivery {
    DELIVERED,
    /** The name of the answer was pending not long ago: the answer is late or comes twice. */
    LATE,
    /** Nobody asked for the name of the answer. */
    FOREIGN
  }

  /** The progress of a name on the present connection. A new ask sets the name back to UNSENT. */
  private enum State {
    UNSENT,
    SENT_ONCE,
    /** Waits to be sent once more, after all names that are UNSENT. */
    UNSENT_AGAIN,
    SENT_TWICE
  }

  /** An asker that waits for the answer to a question of {@code type}. */
  private record Asker(int type, ActorRef<Answer> replyTo) {
    void tell(Answer answer) {
      replyTo.tell(AnswerForType.of(answer, type));
    }
  }

  /** A name with its askers, by the ids of their asks. */
  private static final class Pending {
    private final DomainName name;
    private final Map<Long, Asker> askers = new LinkedHashMap<>(2);
    private State state = State.UNSENT;

    Pending(DomainName name) {
      this.name = name;
    }
  }

  private final int limit;
  private final Map<DomainName, Pending> byName = new LinkedHashMap<>();
  private final Map<Long, Pending> byAsk = new HashMap<>();
  private final Map<State, Set<Pending>> inState = new EnumMap<>(State.class);
  private final RecentNames settled = new RecentNames();

  /** Holds at most {@code limit} queries. */
  PendingQueries(int limit) {
    this.limit = limit;
    for (State state : State.values()) {
      inState.put(state, new LinkedHashSet<>());
    }
  }

  /** Adds a query to send; false if there are too many already. */
  boolean add(TsProxy.Ask ask) {
    if (byAsk.size() == limit) {
      return false;
    }
    Pending pending = byName.computeIfAbsent(ask.question().name(), Pending::new);
    pending.askers.put(ask.id(), new Asker(ask.question().type(), ask.replyTo()));
    byAsk.put(ask.id(), pending);
    move(pending, State.UNSENT);
    return true;
  }

  /**
   * Puts {@code pending} at the end of the queue of {@code state}, unless the queue has it already.
   */
  private void move(Pending pending, State state) {
    if (pending.state != state) {
      inState.get(pending.state).remove(pending);
      pending.state = state;
    }
    inState.get(state).add(pending);
  }

  /** The ask with this id no longer needs an answer. */
  void forget(long ask) {
    Pending pending = byAsk.remove(ask);
    if (pending != null) {
      pending.askers.remove(ask);
      if (pending.askers.isEmpty()) {
        settle(pending);
      }
    }
  }

  /** The next name to send; empty if there is none. */
  Optional<DomainName> nextToSend() {
    return first(State.UNSENT).or(() -> first(State.UNSENT_AGAIN)).map(pending -> pending.name);
  }

  private Optional<Pending> first(State state) {
    return inState.get(state).stream().findFirst();
  }

  /** The name from {@link #nextToSend} has been sent. */
  void sent(DomainName name) {
    Pending pending = byName.get(name);
    move(pending, pending.state == State.UNSENT ? State.SENT_ONCE : State.SENT_TWICE);
  }

  /** Whether a pending name has been sent only once. */
  boolean hasSentOnce() {
    return !inState.get(State.SENT_ONCE).isEmpty();
  }

  /** Queues each name that has been sent once to be sent once more, after all unsent names. */
  void sendOnceMore() {
    List.copyOf(inState.get(State.SENT_ONCE)).forEach(p -> move(p, State.UNSENT_AGAIN));
  }

  /** The connection is lost: the next connection must get every name. */
  void unsendAll() {
    byName.values().forEach(pending -> move(pending, State.UNSENT));
  }

  /** Gives all askers of {@code name} the meaning of {@code answer} for their types of question. */
  Delivery deliver(DomainName name, Answer answer) {
    Pending pending = byName.get(name);
    if (pending == null) {
      return settled.contains(name) ? Delivery.LATE : Delivery.FOREIGN;
    }
    pending.askers.values().forEach(asker -> asker.tell(answer));
    byAsk.keySet().removeAll(pending.askers.keySet());
    settle(pending);
    return Delivery.DELIVERED;
  }

  private void settle(Pending pending) {
    byName.remove(pending.name);
    inState.get(pending.state).remove(pending);
    settled.add(pending.name);
  }

  /** The number of queries that wait. */
  int size() {
    return byAsk.size();
  }
}
