package firstanswer.config;

import java.time.Duration;

/**
 * The limits of one listener, whatever its protocol.
 *
 * @param maxConnections connections to the listener, which refuses more
 * @param maxConnectionsPerClient connections of one client to the listener
 * @param maxInFlight queries in flight at the listener
 * @param maxInFlightPerConnection queries in flight on one connection, at least 2; at this limit
 *     and at {@code maxInFlight}, the listener stops reading
 * @param maxUnsentPerConnection bytes of answers that one connection may have in flight or unsent;
 *     at this limit, too, the listener stops reading
 * @param idleTimeout the time without a byte either way after which the listener closes a
 *     connection
 * @param writeTimeout the time without reading after which the listener closes the connection of a
 *     client
 */
public record ListenerLimits(
    int maxConnections,
    int maxConnectionsPerClient,
    int maxInFlight,
    int maxInFlightPerConnection,
    int maxUnsentPerConnection,
    Duration idleTimeout,
    Duration writeTimeout) {

  /**
   * The number of queries that one connection may have in flight: at least 2, and otherwise at most
   * half of {@code maxInFlight}, so that no client can keep the others waiting.
   */
  public int inFlightOfOneConnection() {
    return Math.max(2, Math.min(maxInFlightPerConnection, maxInFlight / 2));
  }

  /** A copy with at most {@code limit} queries in flight. */
  public ListenerLimits withMaxInFlight(int limit) {
    return new ListenerLimits(
        maxConnections,
        maxConnectionsPerClient,
        Math.min(maxInFlight, limit),
        maxInFlightPerConnection,
        maxUnsentPerConnection,
        idleTimeout,
        writeTimeout);
  }
}
