package firstanswer.upstream;

import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
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
  private final Map<DomainName, Queue<ActorRef<Answer>>> pending = new LinkedHashMap<>();
  private final Set<DomainName> unsent = new LinkedHashSet<>();
  private final Set<DomainName> sentOnce = new LinkedHashSet<>();
  private final Set<DomainName> unsentAgain = new LinkedHashSet<>();
  private final Set<DomainName> settled = new LinkedHashSet<>();
  private int waiting;

  /** Holds at most {@code limit} queries. */
  PendingQueries(int limit) {
    this.limit = limit;
  }

  /** Adds a query that is to be sent; false if there are too many already. */
  boolean add(DomainName name, ActorRef<Answer> replyTo) {
    if (waiting == limit) {
      return false;
    }
    pending.computeIfAbsent(name, n -> new ArrayDeque<>(1)).add(replyTo);
    waiting++;
    unsent.add(name);
    sentOnce.remove(name);
    unsentAgain.remove(name);
    return true;
  }

  /** Who waits under {@code replyTo} for {@code name} does so no longer. */
  void forget(DomainName name, ActorRef<Answer> replyTo) {
    Queue<ActorRef<Answer>> waitingForName = pending.get(name);
    if (waitingForName != null && waitingForName.remove(replyTo)) {
      waiting--;
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
    Queue<ActorRef<Answer>> waitingForName = pending.get(name);
    if (waitingForName == null) {
      return settled.contains(name) ? Delivery.LATE : Delivery.FOREIGN;
    }
    waitingForName.forEach(replyTo -> replyTo.tell(answer));
    waiting -= waitingForName.size();
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
    return waiting;
  }
}
