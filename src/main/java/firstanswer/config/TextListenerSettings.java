package firstanswer.config;

import java.time.Duration;

/**
 * The framing and the limits of every listener for the text protocol.
 *
 * @param rest bytes without a newline are a message when nothing follows for this long
 * @param restAfterNewline the same on a connection that has already sent a newline
 */
public record TextListenerSettings(
    Duration rest, Duration restAfterNewline, ListenerLimits limits) {

  /** The same with fewer queries in flight, if {@code limit} is lower. */
  public TextListenerSettings withMaxInFlight(int limit) {
    return new TextListenerSettings(rest, restAfterNewline, limits.withMaxInFlight(limit));
  }
}
