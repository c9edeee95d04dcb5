package firstanswer.config;

import java.time.Duration;

/**
 * The limits of every DNS listener.
 *
 * @param messageTimeout the time after which a query must be complete, or the listener closes the
 *     connection
 * @param limits the limits; over the limit of queries in flight, a UDP client gets a truncated
 *     response
 */
public record DnsListenerSettings(Duration messageTimeout, ListenerLimits limits) {}
