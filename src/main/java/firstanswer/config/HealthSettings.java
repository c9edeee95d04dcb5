package firstanswer.config;

import java.time.Duration;

/**
 * The rules by which a name server is down, and the probes of a server that is down.
 *
 * @param suspectAfter the SERVFAIL answers in a row after which a server is suspect
 * @param downAfter the time of silence after which a server that was asked is down; twice the
 *     server's slowest recent answer if that is longer
 * @param probeMin the shortest pause between probes of a server that is down
 * @param probeMax the longest such pause
 * @param queriesBetweenProbes the queries that a server that is down gets between two probes
 */
public record HealthSettings(
    int suspectAfter,
    Duration downAfter,
    Duration probeMin,
    Duration probeMax,
    int queriesBetweenProbes) {}
