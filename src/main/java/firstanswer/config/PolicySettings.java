package firstanswer.config;

import java.time.Duration;

/**
 * The policy by which the load balancer chooses upstreams and the moments to ask them.
 *
 * @param delayMin the shortest wait for one server before the next is asked
 * @param delayMax the longest
 * @param percentile the percentile of a server's recent latencies after which it counts as slow, 1
 *     to 100
 * @param budget attempts to make because a server is slow, as a share of queries, 0 to 1
 * @param patience the time after which these attempts are made even without budget
 * @param memory the number of names for which to remember the server that has the answer
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
    /** All at once. */
    RACE,
    /** The most likely first, the others when it is slow. */
    HEDGE,
    /** One after the other, in the order of the configuration. */
    FALLBACK
  }
}
