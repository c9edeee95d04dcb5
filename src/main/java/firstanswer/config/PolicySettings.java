package firstanswer.config;

import java.time.Duration;

/**
 * The policy by which the load balancer decides whom to ask, and when.
 *
 * @param delayMin the shortest wait for one server before the next is asked
 * @param delayMax the longest such wait
 * @param percentile the percentile of a server's recent times after which the server is slow, 1 to
 *     100
 * @param budget attempts whose only reason is a slow server, as a share of queries, 0 to 1
 * @param patience the time after which these attempts need no budget
 * @param memory the most names whose server to remember
 */
public record PolicySettings(
    Kind kind,
    Duration delayMin,
    Duration delayMax,
    int percentile,
    double budget,
    Duration patience,
    int memory) {

  /** The policies, named as in the configuration. */
  public enum Kind {
    /** All servers at once. */
    RACE,
    /** The likeliest server first, the others when it is slow. */
    HEDGE,
    /** One server after the other, in the order of the configuration. */
    FALLBACK
  }
}
