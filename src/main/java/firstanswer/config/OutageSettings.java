package firstanswer.config;

import java.time.Duration;

/**
 * The times after which a server of the text protocol is down.
 *
 * @param refusedFor the time of repeated refusals after which a server is down
 * @param unreachedFor the time without a useful connection after which a server is down
 * @param probeAfter the silence after which a server that was asked gets a probe
 * @param probeTimeout the time for the probe to connect
 */
public record OutageSettings(
    Duration refusedFor, Duration unreachedFor, Duration probeAfter, Duration probeTimeout) {}
