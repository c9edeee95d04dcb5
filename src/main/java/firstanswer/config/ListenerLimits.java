package firstanswer.config;

import java.time.Duration;

/**
 * The limits of one listener, whatever its protocol.
 *
 * @param maxConnections connections to the listener; one more is refused
 * @param maxConnectionsPerClient the same for one client
 * @param maxInFlight queries in flight at the listener
 * @param maxInFlightPerConnection the same for one connection, at least 2; at either limit, the
 *     listener stops reading
 * @param idleTimeout closes a connection after this long without a byte either way
 * @param writeTimeout closes a connection when its client has not read its answers for this long
 */
public record ListenerLimits(
    int maxConnections,
    int maxConnectionsPerClient,
    int maxInFlight,
    int maxInFlightPerConnection,
    Duration idleTimeout,
    Duration writeTimeout) {

  /**
   * The number of queries that one connection may have in flight: at least 2, and otherwise at most
   * half of all, so that no client can keep the others waiting.
   */
  public int inFlightOfOneConnection() {
    return Math.max(2, Math.min(maxInFlightPerConnection, maxInFlight / 2));
  }

  /** The same with fewer queries in flight, if {@code limit} is lower. */
  public ListenerLimits withMaxInFlight(int limit) {
    return new ListenerLimits(
        maxConnections,
        maxConnectionsPerClient,
        Math.min(maxInFlight, limit),
        maxInFlightPerConnection,
        idleTimeout,
        writeTimeout);
  }
}
