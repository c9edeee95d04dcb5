package firstanswer.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import firstanswer.clock.NanoClock;
import firstanswer.rate.Rate;
import java.time.Duration;

/**
 * Limits the queries per second of each client: a token bucket for each client that has asked
 * lately. A bucket holds the queries of one second.
 *
 * <p>The number of buckets is limited, also for forged addresses. A client is forgotten after a
 * second without queries, when its bucket is full again, or when there are too many clients. A
 * forgotten client begins with a full bucket. So the limit may let a client send more queries than
 * allowed, but never fewer.
 */
public final class QueryRate {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Clients with the most queries stay. This many take some ten megabytes. */
  private static final int MAX_CLIENTS = 32_768;

  private final LoadingCache<ClientNetwork, Rate> buckets;

  /** Lets each client send {@code perSecond} queries per second, by {@code clock}. */
  public QueryRate(int perSecond, NanoClock clock) {
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_CLIENTS)
            .expireAfterAccess(PERIOD)
            .ticker(clock::nanos)
            // Housekeeping is short, and the common pool has other uses (see Main).
            .executor(Runnable::run)
            .build(client -> new Rate(perSecond, clock));
  }

  /** Whether {@code client} may send the query that it has just sent. */
  public boolean allows(ClientNetwork client) {
    return buckets.get(client).tryOnce();
  }

  /** The number of clients known; for a moment, it may be a few over the limit. */
  public long clients() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
