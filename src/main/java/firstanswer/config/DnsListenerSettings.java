package firstanswer.config;

import java.time.Duration;

/**
 * What every DNS listener keeps to.
 *
 * @param maxConnections at one listener; one more is closed at once
 * @param maxConnectionsPerClient the same for one client
 * @param maxInFlight queries at one listener that wait for their answer; over UDP, one more is sent
 *     to TCP, where we stop reading instead
 * @param maxInFlightPerConnection the same for one connection, at least 2
 * @param idleTimeout after which a connection is closed on which nothing is sent either way
 * @param messageTimeout after which a connection is closed whose query has begun and is not whole
 * @param writeTimeout after which a connection is closed whose client does not read its answers
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
   * What one connection may have in flight: at most half of all, so that no client by itself can
   * keep the others waiting; at least 2.
   */
  public int inFlightOfOneConnection() {
    return Math.max(2, Math.min(maxInFlightPerConnection, maxInFlight / 2));
  }
}
