package firstanswer.upstream.dns;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The transactions over UDP that the server has not answered. One set for each number of sends
 * holds the transactions with an asker; one more set holds the transactions without an asker, whose
 * answers would only show the health of the server. Each set is ordered by the time of the last
 * send, oldest first.
 */
final class Unanswered {
  /** The most sends of a query without an answer: the first, and up to three more. */
  static final int MAX_SENDS = 4;

  private final List<Set<Transaction>> awaited =
      Stream.generate(() -> (Set<Transaction>) new LinkedHashSet<Transaction>())
          .limit(MAX_SENDS)
          .toList();

  private final Set<Transaction> forgotten = new LinkedHashSet<>();

  /** The forgotten transactions that are so old that their queries are perhaps lost. */
  private final Set<Transaction> forgottenLongAgo = new LinkedHashSet<>();

  /** The number of queries that the server is perhaps working at. */
  int inFlight() {
    int count = forgotten.size();
    for (Set<Transaction> sent : awaited) {
      count += sent.size();
    }
    return count;
  }

  /** A query that an asker waits for is sent, for the first time or once more. */
  void addSent(Transaction transaction, long nowNanos) {
    transaction.sent(nowNanos);
    sentAsOften(transaction).add(transaction);
  }

  /** Only a query that the server has refused is sent more than four times. */
  private Set<Transaction> sentAsOften(Transaction transaction) {
    return awaited.get(Math.min(transaction.sends(), MAX_SENDS) - 1);
  }

  /** A query that nobody waits for is sent. */
  void addProbe(Transaction transaction, long nowNanos) {
    transaction.sent(nowNanos);
    forgotten.add(transaction);
  }

  /** Nobody waits for the answer any more; true if the query was still unanswered. */
  boolean forget(Transaction transaction) {
    return remove(transaction) && forgotten.add(transaction);
  }

  /** Removes the transaction; false if it was not here. */
  boolean remove(Transaction transaction) {
    return transaction.sends() > 0
        && (sentAsOften(transaction).remove(transaction)
            || forgotten.remove(transaction)
            || forgottenLongAgo.remove(transaction));
  }

  /**
   * Removes and returns the awaited transactions whose queries are to be sent once more: those
   * whose last query is {@code intervalNanos} old, twice that the second time and so on, but at
   * most {@code maxNanos}.
   */
  List<Transaction> removeDue(long nowNanos, long intervalNanos, long maxNanos) {
    List<Transaction> due = new ArrayList<>();
    for (int sends = 1; sends < MAX_SENDS; sends++) {
      long wait = Math.min(intervalNanos << (sends - 1), maxNanos);
      removeOlder(awaited.get(sends - 1), nowNanos - wait, due);
    }
    return due;
  }

  /** Transactions without an asker whose query is {@code ageNanos} old are no longer in flight. */
  void age(long nowNanos, long ageNanos) {
    List<Transaction> old = new ArrayList<>();
    removeOlder(forgotten, nowNanos - ageNanos, old);
    forgottenLongAgo.addAll(old);
  }

  /** Removes and returns the transactions without an asker whose query is {@code ageNanos} old. */
  List<Transaction> removeForgotten(long nowNanos, long ageNanos) {
    List<Transaction> old = new ArrayList<>();
    removeOlder(forgottenLongAgo, nowNanos - ageNanos, old);
    removeOlder(forgotten, nowNanos - ageNanos, old);
    return old;
  }

  private static void removeOlder(Set<Transaction> from, long sentNanos, List<Transaction> to) {
    Iterator<Transaction> all = from.iterator();
    while (all.hasNext()) {
      Transaction next = all.next();
      if (next.lastSentNanos() > sentNanos) {
        return;
      }
      all.remove();
      to.add(next);
    }
  }
}
