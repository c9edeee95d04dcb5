package firstanswer.upstream.dns;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The transactions whose query went out over UDP once and that an answer can still reach in time.
 * Time is counted in ticks, some of which make up the time after which a query is sent again.
 */
final class Unanswered {
  private final int ticksInTime;

  /** By key, which does not change while a transaction is here; the oldest first. */
  private final Map<Integer, Transaction> oldestFirst = new LinkedHashMap<>();

  /** An answer is in time if it comes within {@code ticksInTime} whole ticks. */
  Unanswered(int ticksInTime) {
    this.ticksInTime = ticksInTime;
  }

  /** The query was sent at {@code tick}. */
  void add(Transaction transaction, long tick) {
    transaction.sentAt(tick);
    oldestFirst.put(transaction.key(), transaction);
  }

  /** Whether the transaction was here; it is not from now on. */
  boolean remove(Transaction transaction) {
    return oldestFirst.remove(transaction.key()) != null;
  }

  /** Whether an answer can still come in time. */
  boolean contains(Transaction transaction) {
    return oldestFirst.containsKey(transaction.key());
  }

  /** Removes and returns the transactions whose time is over at {@code tick}, oldest first. */
  List<Transaction> removeLate(long tick) {
    List<Transaction> late = new ArrayList<>();
    Iterator<Transaction> all = oldestFirst.values().iterator();
    while (all.hasNext()) {
      Transaction next = all.next();
      if (tick - next.sentTick() <= ticksInTime) {
        break;
      }
      all.remove();
      late.add(next);
    }
    return late;
  }

  boolean isEmpty() {
    return oldestFirst.isEmpty();
  }
}
