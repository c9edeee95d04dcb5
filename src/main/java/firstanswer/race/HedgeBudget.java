package firstanswer.race;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the attempts whose only reason is a slow server to a share of all queries. The budget
 * saves up to 100 unused attempts. Many threads may use it.
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

  /** Takes {@code attempts} from the budget if there are that many; otherwise takes none. */
  public boolean tryTake(int attempts) {
    long price = attempts * ATTEMPT;
    return saved.getAndUpdate(a -> a < price ? a : a - price) >= price;
  }
}
