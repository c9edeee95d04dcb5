package firstanswer.config;

import java.time.Duration;

/**
 * The limits of every DNS listener.
 *
 * @param maxConnections connections to one listener; one more is closed at once
 * @param maxConnectionsPerClient the same for one client
 * @param maxInFlight queries in flight at one listener; at the limit, clients over UDP are told to
 *     come back over TCP, and TCP connections are not read
 * @param maxInFlightPerConnection the same for one connection, at least 2
 * @param idleTimeout closes a connection after this long without a byte either way
 * @param messageTimeout closes a connection when a query is not complete this long after it began
 * @param writeTimeout closes a connection when its client has not read its answers for this long
 */
public record DnsListenerSettings(
    int maxConnections,
    int maxConnectionsPerClient,
    int maxInFlight,
    int maxInFlightPerConnection,
    Duration idleTimeout,
    Duration messageTimeout,
    Duration writeTimeout) {

  /**
   * The number of queries that one connection may have in flight: at least 2, and otherwise at most
   * half of all, so that no client can keep the others waiting.
   */
  public int inFlightOfOneConnection() {
    return Math.max(2, Math.min(maxInFlightPerConnection, maxInFlight / 2));
  }
}
