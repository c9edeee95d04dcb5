package firstanswer.sharing;

import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A query that waits for the outcome of a race. */
final class Waiting {
  /** A query that joined in the first tenth of a race ends with the race. */
  private static final int MIN_SHARE_LEFT = 10;

  private final Query query;
  private final long endNanos;
  private final long minLeftNanos;
  private final CompletableFuture<Outcome> outcome;

  private Waiting(
      Query query, long endNanos, long minLeftNanos, CompletableFuture<Outcome> outcome) {
    this.query = query;
    this.endNanos = endNanos;
    this.minLeftNanos = minLeftNanos;
    this.outcome = outcome;
  }

  static Waiting of(Query query) {
    long time = query.deadline().toNanos();
    return new Waiting(
        query, query.receivedNanos() + time, time / MIN_SHARE_LEFT, new CompletableFuture<>());
  }

  Query query() {
    return query;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Whether this query joined the race of {@code first} so late that it goes on afterwards. */
  boolean goesOnAfter(Waiting first) {
    return endNanos - first.endNanos > minLeftNanos;
  }

  /** A copy whose query comes {@code now} and has the time that is left. */
  Waiting from(long now) {
    Query rest =
        new Query(
            query.question(),
            query.protocol(),
            query.transport(),
            query.client(),
            now,
            Duration.ofNanos(endNanos - now));
    return new Waiting(rest, endNanos, minLeftNanos, outcome);
  }
}
