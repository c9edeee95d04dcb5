package firstanswer.config;

import java.time.Duration;

/**
 * Whom the load balancer asks, and when.
 *
 * @param delayMin between which and {@code delayMax} a server is waited for before the next are
 *     asked
 * @param percentile of a server's latencies, 1 to 100, for which it is waited
 * @param budget attempts that are made because a server is slow, as a share of queries, 0 to 1
 * @param patience after which they are made in any case
 * @param memory for how many names it is remembered who holds them
 */
public record PolicySettings(
    Kind kind,
    Duration delayMin,
    Duration delayMax,
    int percentile,
    double budget,
    Duration patience,
    int memory) {

  /** In the words of the configuration. */
  public enum Kind {
    /** All at once. */
    RACE,
    /** The likeliest first, the others when it is slow. */
    HEDGE,
    /** One after the other, in the order of the configuration. */
    FALLBACK
  }
}
