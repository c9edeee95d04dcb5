package firstanswer.balancer;

import firstanswer.clock.NanoClock;
import firstanswer.rate.Rate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits the queries to one upstream: in flight, and per second. Many threads may use a budget. */
public final class Budget {
  private final int maxInFlight;
  private final Optional<Rate> perSecond;
  private final AtomicInteger inFlight = new AtomicInteger();

  /** Creates a budget. Each limit is at least 1; empty means no limit. */
  public Budget(OptionalInt maxInFlight, OptionalInt perSecond, NanoClock clock) {
    this.maxInFlight = maxInFlight.orElse(Integer.MAX_VALUE);
    this.perSecond =
        perSecond.isPresent()
            ? Optional.of(new Rate(perSecond.getAsInt(), clock))
            : Optional.empty();
  }

  /** Takes a place if one is left. The caller must give the place back. */
  boolean tryTake() {
    if (inFlight.incrementAndGet() <= maxInFlight && hasTokenLeft()) {
      return true;
    }
    giveBack();
    return false;
  }

  private boolean hasTokenLeft() {
    return perSecond.isEmpty() || perSecond.get().tryOnce();
  }

  /** The number of places taken. */
  int inFlight() {
    return inFlight.get();
  }

  /** Gives a place back: the query has been answered or is no longer needed. */
  void giveBack() {
    inFlight.decrementAndGet();
  }
}
