package firstanswer.balancer;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** What an upstream may be asked: so many queries at a time, and in a second. For any thread. */
public final class Budget {
  private final int maxInFlight;
  private final Optional<Bucket> perSecond;
  private final AtomicInteger inFlight = new AtomicInteger();

  /** Without an entry there is no limit; each is at least 1. */
  public Budget(OptionalInt maxInFlight, OptionalInt perSecond) {
    this.maxInFlight = maxInFlight.orElse(Integer.MAX_VALUE);
    this.perSecond =
        perSecond.isPresent() ? Optional.of(bucket(perSecond.getAsInt())) : Optional.empty();
  }

  /** At most a second's worth at once. */
  private static Bucket bucket(int perSecond) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }

  /** No limit. */
  public static Budget unlimited() {
    return new Budget(OptionalInt.empty(), OptionalInt.empty());
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
    return perSecond.map(bucket -> bucket.tryConsume(1)).orElse(true);
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
