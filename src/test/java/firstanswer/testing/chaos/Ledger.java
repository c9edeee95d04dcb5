package firstanswer.testing.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xbill.DNS.Type;

/**
 * Keeps the fate of each query. A query is entered when it is sent, and its answer strikes it out.
 * So a second answer has nothing to strike out, and a query that is left at the end had no answer.
 */
public final class Ledger {
  /** The kinds of answer to a client. */
  public enum Outcome {
    POSITIVE,
    NEGATIVE,
    FAILURE,
    TIMED_OUT,
    /** Not to ask, or to come back over TCP. */
    REFUSED
  }

  /**
   * A query on its way.
   *
   * @param over the client that asked
   * @param number of the name, see {@link SplitNames}
   * @param type of DNS
   */
  record Asked(String over, int number, int type, long sentNanos) {
    boolean isHeld() {
      return type == Type.A && SplitNames.isHeld(number);
    }

    /** Queries are told apart by identity: the same question may be asked many times. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private record Latency(Asked asked, long receivedNanos) {
    long nanos() {
      return receivedNanos - asked.sentNanos();
    }
  }

  private final long deadlineNanos;
  private final Patience patience;
  private final Set<Asked> open = ConcurrentHashMap.newKeySet();
  private final LongAdder asked = new LongAdder();
  private final Map<Outcome, LongAdder> outcomes =
      Arrays.stream(Outcome.values())
          .collect(Collectors.toMap(Function.identity(), outcome -> new LongAdder()));
  private final LongAdder denied = new LongAdder();
  private final LongAccumulator longestNanos = new LongAccumulator(Math::max, 0);
  private final Queue<Latency> late = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  /** Of queries that are to be answered within {@code deadline} and what comes on top of it. */
  public Ledger(Duration deadline, Patience patience) {
    this.deadlineNanos = deadline.toNanos();
    this.patience = patience;
  }

  /** A query is about to be sent. */
  Asked ask(String over, int number, int type) {
    asked.increment();
    Asked query = new Asked(over, number, type, System.nanoTime());
    open.add(query);
    return query;
  }

  /** An answer to that query has come just now. */
  void answer(Asked query, Outcome outcome) {
    long now = System.nanoTime();
    if (!open.remove(query)) {
      violation("answered twice: " + query);
      return;
    }
    outcomes.get(outcome).increment();
    if (outcome == Outcome.NEGATIVE && query.isHeld()) {
      denied.increment();
    }
    Latency latency = new Latency(query, now);
    longestNanos.accumulate(latency.nanos());
    if (latency.nanos() > deadlineNanos + Patience.GRACE_NANOS) {
      late.add(latency);
    }
  }

  /** How many were told "no" of a name that a server holds: it may, while that server is down. */
  public long denied() {
    return denied.sum();
  }

  /** Something that must never happen. */
  void violation(String what) {
    violations.add(what);
  }

  /** Queries that have no answer yet. */
  public int unanswered() {
    return open.size();
  }

  public long count(Outcome outcome) {
    return outcomes.get(outcome).sum();
  }

  /**
   * All that was wrong: what must never happen, what was late without excuse, what has no answer by
   * now.
   */
  public List<String> wrongs() {
    List<String> wrongs = new ArrayList<>(violations);
    late.stream()
        .filter(this::isInexcusable)
        .map(l -> "after " + Duration.ofNanos(l.nanos()).toMillis() + " ms: " + l.asked())
        .forEach(wrongs::add);
    open.stream().map(query -> "not answered: " + query).forEach(wrongs::add);
    return wrongs;
  }

  private boolean isInexcusable(Latency latency) {
    long allowed = patience.nanos(latency.asked().sentNanos(), latency.receivedNanos());
    return latency.nanos() > deadlineNanos + allowed;
  }

  @Override
  public String toString() {
    return "%d queries: %d positive, %d negative (%d of names that a server holds), %d failures, %d timed out, %d refused; the longest %d ms, %d late and excused"
        .formatted(
            asked.sum(),
            count(Outcome.POSITIVE),
            count(Outcome.NEGATIVE),
            denied(),
            count(Outcome.FAILURE),
            count(Outcome.TIMED_OUT),
            count(Outcome.REFUSED),
            Duration.ofNanos(longestNanos.get()).toMillis(),
            late.stream().filter(latency -> !isInexcusable(latency)).count());
  }
}
