package firstanswer.race;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the attempts that are made only because a server is slow, to a share of all queries.
 * Unused attempts are saved, up to 100. Safe for use by many threads.
 */
public final class HedgeBudget {
  private static final long ATTEMPT = 1_000_000;
  private static final long MAX_SAVED = 100 * ATTEMPT;

  private final long perQuery;
  private final AtomicLong saved;

  /** Allows {@code share} attempts for each query, 0 to 1. */
  public HedgeBudget(double share) {
    this.perQuery = Math.round(share * ATTEMPT);
    this.saved = new AtomicLong(perQuery > 0 ? MAX_SAVED : 0);
  }

  /** Adds the share of one query. */
  public void earn() {
    saved.accumulateAndGet(perQuery, (a, b) -> Math.min(MAX_SAVED, a + b));
  }

  /** Takes that many attempts if so many are left; otherwise takes none. */
  public boolean tryTake(int attempts) {
    long price = attempts * ATTEMPT;
    return saved.getAndUpdate(a -> a < price ? a : a - price) >= price;
  }
}
