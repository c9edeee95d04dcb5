package firstanswer.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import firstanswer.rate.Rate;
import firstanswer.resolver.NanoClock;
import java.time.Duration;

/**
 * How many queries a second each client may send: a token bucket for each that has asked of late,
 * which holds what is allowed in one second.
 *
 * <p>Addresses that are forged cannot make this grow. Who has been forgotten, because he was quiet
 * for long enough for his bucket to be full again, or because there were too many, begins with a
 * full one: a limit that errs lets somebody ask.
 */
public final class QueryRate {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Those with the most queries stay; some ten megabytes. */
  private static final int MAX_CLIENTS = 32_768;

  private final LoadingCache<ClientNetwork, Rate> buckets;

  /** Lets each client send {@code perSecond} queries a second, by {@code clock}. */
  public QueryRate(int perSecond, NanoClock clock) {
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_CLIENTS)
            .expireAfterAccess(PERIOD)
            .ticker(clock::nanos)
            // Housekeeping is short, and the common pool is others' (see Main).
            .executor(Runnable::run)
            .build(client -> new Rate(perSecond, clock));
  }

  /** Whether {@code client} may send the query that it has just sent. */
  public boolean allows(ClientNetwork client) {
    return buckets.get(client).tryOnce();
  }

  /** How many clients it knows; at most a few more than it should, for a moment. */
  public long clients() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
