package firstanswer.config;

import java.time.Duration;

/**
 * When a name server counts as down, and how it is looked after then.
 *
 * @param suspectAfter answers in a row that were not in time, or were failures, after which a
 *     server is suspect
 * @param downAfter answers in a row that were not in time after which it is down
 * @param probeMin the shortest wait between probes of a server that is down
 * @param probeMax the longest
 * @param queriesBetweenProbes how many queries it is asked in that time all the same
 */
public record HealthSettings(
    int suspectAfter,
    int downAfter,
    Duration probeMin,
    Duration probeMax,
    int queriesBetweenProbes) {}
