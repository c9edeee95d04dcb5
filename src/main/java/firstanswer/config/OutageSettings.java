package firstanswer.config;

import java.time.Duration;

/**
 * When a server of the text protocol counts as down.
 *
 * @param refusedFor refused again and again for this long, it is down
 * @param unreachedFor it is down when no connection has been of use for this long
 * @param probeAfter a server that has been asked and says nothing for this long is probed
 * @param probeTimeout the time for the probe to connect
 */
public record OutageSettings(
    Duration refusedFor, Duration unreachedFor, Duration probeAfter, Duration probeTimeout) {}
