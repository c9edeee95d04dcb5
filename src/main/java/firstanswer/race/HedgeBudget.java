package firstanswer.race;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Caps the attempts that are made only because a server is slow, as a share of all queries. What is
 * not used is saved, up to 100 attempts. For any thread.
 */
public final class HedgeBudget {
  private static final long ATTEMPT = 1_000_000;
  private static final long MAX_SAVED = 100 * ATTEMPT;

  private final long perQuery;
  private final AtomicLong saved;

  /** Of {@code share} attempts a query, 0 to 1. */
  public HedgeBudget(double share) {
    this.perQuery = Math.round(share * ATTEMPT);
    this.saved = new AtomicLong(perQuery > 0 ? MAX_SAVED : 0);
  }

  /** A query has come. */
  public void earn() {
    saved.accumulateAndGet(perQuery, (a, b) -> Math.min(MAX_SAVED, a + b));
  }

  /** Takes that many attempts, if there are so many. */
  public boolean tryTake(int attempts) {
    long price = attempts * ATTEMPT;
    return saved.getAndUpdate(a -> a < price ? a : a - price) >= price;
  }
}
