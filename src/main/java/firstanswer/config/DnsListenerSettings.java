package firstanswer.config;

import java.time.Duration;

/**
 * The limits of every DNS listener.
 *
 * @param messageTimeout closes a connection when a query is not complete this long after it began
 * @param limits at the limit of queries in flight, clients over UDP are told to come back over TCP
 */
public record DnsListenerSettings(Duration messageTimeout, ListenerLimits limits) {}
