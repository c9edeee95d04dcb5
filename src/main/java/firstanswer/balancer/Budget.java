package firstanswer.balancer;

import firstanswer.rate.Rate;
import firstanswer.resolver.NanoClock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** What an upstream may be asked: so many queries at a time, and in a second. For any thread. */
public final class Budget {
  private final int maxInFlight;
  private final Optional<Rate> perSecond;
  private final AtomicInteger inFlight = new AtomicInteger();

  /** Without an entry there is no limit; each is at least 1. */
  public Budget(OptionalInt maxInFlight, OptionalInt perSecond, NanoClock clock) {
    this.maxInFlight = maxInFlight.orElse(Integer.MAX_VALUE);
    this.perSecond =
        perSecond.isPresent()
            ? Optional.of(new Rate(perSecond.getAsInt(), clock))
            : Optional.empty();
  }

  /** Takes a place, if there is one; it must be given back. */
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

  /** How many places are taken. */
  int inFlight() {
    return inFlight.get();
  }

  /** The query has been answered, or is not needed any more. */
  void giveBack() {
    inFlight.decrementAndGet();
  }
}
