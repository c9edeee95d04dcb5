package firstanswer.rate;

import firstanswer.clock.NanoClock;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A token bucket that allows some events per second; those of one second may come together. */
public final class Rate {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Bucket bucket;

  /** A rate of {@code perSecond}, at least 1. */
  public Rate(int perSecond, NanoClock clock) {
    this.bucket =
        Bucket.builder()
            .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, SECOND))
            .withCustomTimePrecision(timeMeter(clock))
            .build();
  }

  private static TimeMeter timeMeter(NanoClock clock) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return clock.nanos();
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }

  /** Whether it may happen once more; if so, it is counted. For any thread. */
  public boolean tryOnce() {
    return bucket.tryConsume(1);
  }
}
