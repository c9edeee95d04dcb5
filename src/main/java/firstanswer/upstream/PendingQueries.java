package firstanswer.upstream;

import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The queries that wait for one upstream, by name: the text protocol has no other way to tell which
 * question an answer belongs to. All who wait for a name get the first answer to it.
 *
 * <p>Time is counted in ticks, so that a query that is never answered costs no timer: it is dropped
 * between {@code lifetime} and {@code lifetime + 1} ticks after it was last asked. The names
 * settled last are remembered, to tell an answer that is late or comes twice from one that nobody
 * asked for.
 */
final class PendingQueries {
  private static final int MAX_REMEMBERED = 4096;

  /** What became of an answer. */
  enum Delivery {
    DELIVERED,
    LATE,
    FOREIGN
  }

  private static final class Pending {
    private final DomainName asked;
    private final List<ActorRef<Answer>> waiting = new ArrayList<>(1);
    private long lastAsked;

    Pending(DomainName asked) {
      this.asked = asked;
    }
  }

  private final int limit;
  private final int lifetime;
  private final Map<DomainName, Pending> pending = new LinkedHashMap<>();
  private final Set<DomainName> unsent = new LinkedHashSet<>();
  private final Set<DomainName> settled = new LinkedHashSet<>();
  private int waiting;
  private long now;

  /** Holds at most {@code limit} queries, each for {@code lifetime} ticks. */
  PendingQueries(int limit, int lifetime) {
    this.limit = limit;
    this.lifetime = lifetime;
  }

  /** Adds a query that is to be sent; false if there are too many already. */
  boolean add(DomainName name, ActorRef<Answer> replyTo) {
    if (waiting == limit) {
      return false;
    }
    // Taken out and put back: the map is in the order in which names were last asked.
    Pending entry = pending.remove(name);
    if (entry == null) {
      entry = new Pending(name);
    }
    entry.waiting.add(replyTo);
    entry.lastAsked = now;
    pending.put(name, entry);
    waiting++;
    unsent.add(name);
    return true;
  }

  /** The next name to send, if there is one. */
  Optional<DomainName> nextToSend() {
    return unsent.stream().findFirst();
  }

  /** The name has been sent. */
  void sent(DomainName name) {
    unsent.remove(name);
  }

  /** What has been sent must be sent again: its connection is lost. */
  void unsendAll() {
    unsent.clear();
    unsent.addAll(pending.keySet());
  }

  /** Gives {@code answer} to all who wait for {@code name}. */
  Delivery deliver(DomainName name, Answer answer) {
    Pending entry = pending.remove(name);
    if (entry == null) {
      return settled.contains(name) ? Delivery.LATE : Delivery.FOREIGN;
    }
    entry.waiting.forEach(replyTo -> replyTo.tell(answer));
    settle(entry);
    return Delivery.DELIVERED;
  }

  /** A tick has passed: drops, without an answer, what has waited for its lifetime. */
  void tick() {
    now++;
    Iterator<Pending> entries = pending.values().iterator();
    while (entries.hasNext()) {
      Pending entry = entries.next();
      if (now - entry.lastAsked <= lifetime) {
        return;
      }
      entries.remove();
      settle(entry);
    }
  }

  private void settle(Pending entry) {
    waiting -= entry.waiting.size();
    unsent.remove(entry.asked);
    settled.add(entry.asked);
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
