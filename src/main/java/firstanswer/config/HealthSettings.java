package firstanswer.config;

import java.time.Duration;

/**
 * When a name server counts as down, and how it is probed then.
 *
 * @param suspectAfter failures in a row after which a server is suspect
 * @param downAfter the time of silence after which a server that was asked is down; twice the
 *     server's slowest recent answer if that is longer
 * @param probeMin the shortest pause between probes of a server that is down
 * @param probeMax the longest
 * @param queriesBetweenProbes queries that it is asked between two probes nevertheless
 */
public record HealthSettings(
    int suspectAfter,
    Duration downAfter,
    Duration probeMin,
    Duration probeMax,
    int queriesBetweenProbes) {}
