package firstanswer.upstream.text;

import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.tsproxy.TsProxy;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The queries that wait for one upstream, by name: the text protocol has no other way to tell which
 * question an answer belongs to. All who wait for a name get the first answer to it.
 *
 * <p>A query waits until it is answered or forgotten by whoever asked, so there are no timers here.
 * A name that nobody asks for anew is sent twice at most on a connection, if its owner says so. The
 * names settled last are remembered, to tell an answer that is late or comes twice from one that
 * nobody asked for.
 */
final class PendingQueries {
  private static final int MAX_REMEMBERED = 4096;

  /** What became of an answer. */
  enum Delivery {
    DELIVERED,
    LATE,
    FOREIGN
  }

  private final int limit;
  private final Map<DomainName, Map<Long, ActorRef<Answer>>> pending = new LinkedHashMap<>();
  private final Map<Long, DomainName> names = new HashMap<>();
  private final Set<DomainName> unsent = new LinkedHashSet<>();
  private final Set<DomainName> sentOnce = new LinkedHashSet<>();
  private final Set<DomainName> unsentAgain = new LinkedHashSet<>();
  private final Set<DomainName> settled = new LinkedHashSet<>();

  /** Holds at most {@code limit} queries. */
  PendingQueries(int limit) {
    this.limit = limit;
  }

  /** Adds a query that is to be sent; false if there are too many already. */
  boolean add(TsProxy.Ask ask) {
    if (names.size() == limit) {
      return false;
    }
    DomainName name = ask.question().name();
    pending.computeIfAbsent(name, n -> new LinkedHashMap<>(2)).put(ask.id(), ask.replyTo());
    names.put(ask.id(), name);
    unsent.add(name);
    sentOnce.remove(name);
    unsentAgain.remove(name);
    return true;
  }

  /** The ask of that id needs no answer any longer. */
  void forget(long ask) {
    DomainName name = names.remove(ask);
    if (name != null) {
      Map<Long, ActorRef<Answer>> waitingForName = pending.get(name);
      waitingForName.remove(ask);
      if (waitingForName.isEmpty()) {
        settle(name);
      }
    }
  }

  /** The next name to send, if there is one. */
  Optional<DomainName> nextToSend() {
    Iterator<DomainName> names = (unsent.isEmpty() ? unsentAgain : unsent).iterator();
    return names.hasNext() ? Optional.of(names.next()) : Optional.empty();
  }

  /** The name has been sent. */
  void sent(DomainName name) {
    if (unsent.remove(name)) {
      sentOnce.add(name);
    } else {
      unsentAgain.remove(name);
    }
  }

  /** Whether something waits that has been sent only once. */
  boolean hasSentOnce() {
    return !sentOnce.isEmpty();
  }

  /** What has been sent once is to be sent once more, after all that has not been sent. */
  void sendOnceMore() {
    unsentAgain.addAll(sentOnce);
    sentOnce.clear();
  }

  /** What has been sent must be sent again: its connection is lost. */
  void unsendAll() {
    sentOnce.clear();
    unsentAgain.clear();
    unsent.addAll(pending.keySet());
  }

  /** Gives {@code answer} to all who wait for {@code name}. */
  Delivery deliver(DomainName name, Answer answer) {
    Map<Long, ActorRef<Answer>> waitingForName = pending.get(name);
    if (waitingForName == null) {
      return settled.contains(name) ? Delivery.LATE : Delivery.FOREIGN;
    }
    waitingForName.values().forEach(replyTo -> replyTo.tell(answer));
    names.keySet().removeAll(waitingForName.keySet());
    settle(name);
    return Delivery.DELIVERED;
  }

  private void settle(DomainName name) {
    pending.remove(name);
    unsent.remove(name);
    sentOnce.remove(name);
    unsentAgain.remove(name);
    settled.add(name);
    if (settled.size() > MAX_REMEMBERED) {
      Iterator<DomainName> oldest = settled.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Queries that wait. */
  int size() {
    return names.size();
  }
}
