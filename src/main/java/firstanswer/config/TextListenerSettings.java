package firstanswer.config;

import java.time.Duration;

/**
 * What every listener of the text protocol keeps to.
 *
 * @param rest for how long bytes without a newline rest before they are a message
 * @param restAfterNewline the same on a connection that has already sent a newline
 * @param maxConnections at one listener; one more is refused
 * @param maxConnectionsPerClient the same for one client
 * @param maxInFlight queries of all connections of one listener that wait for their answer
 * @param maxInFlightPerConnection the same for one connection, at least 2; beyond either, we stop
 *     reading
 * @param idleTimeout after which a connection is closed on which nothing is sent either way
 * @param writeTimeout after which a connection is closed whose client does not read its answers
 */
public record TextListenerSettings(
    Duration rest,
    Duration restAfterNewline,
    int maxConnections,
    int maxConnectionsPerClient,
    int maxInFlight,
    int maxInFlightPerConnection,
    Duration idleTimeout,
    Duration writeTimeout) {

  /**
   * What one connection may have in flight: at most half of all, so that no client by itself can
   * keep the others waiting; at least 2.
   */
  public int inFlightOfOneConnection() {
    return Math.max(2, Math.min(maxInFlightPerConnection, maxInFlight / 2));
  }

  /** The same with fewer queries in flight, if {@code limit} is lower. */
  public TextListenerSettings withMaxInFlight(int limit) {
    return new TextListenerSettings(
        rest,
        restAfterNewline,
        maxConnections,
        maxConnectionsPerClient,
        Math.min(maxInFlight, limit),
        maxInFlightPerConnection,
        idleTimeout,
        writeTimeout);
  }
}
