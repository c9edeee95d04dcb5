package firstanswer.config;

import java.time.Duration;

/**
 * When a name server counts as down, and how it is probed then.
 *
 * @param suspectAfter late or missing answers and failures in a row after which a server is suspect
 * @param downAfter late or missing answers in a row after which a server is down
 * @param probeMin the shortest pause between probes of a server that is down
 * @param probeMax the longest
 * @param queriesBetweenProbes queries that it is asked between two probes nevertheless
 */
public record HealthSettings(
    int suspectAfter,
    int downAfter,
    Duration probeMin,
    Duration probeMax,
    int queriesBetweenProbes) {}
