package firstanswer.config;

import java.time.Duration;

/**
 * The framing and the limits of every listener for the text protocol.
 *
 * @param rest the pause after which bytes without a newline are a message
 * @param restAfterNewline the pause on a connection that has already sent a newline
 */
public record TextListenerSettings(
    Duration rest, Duration restAfterNewline, ListenerLimits limits) {

  /** A copy with at most {@code limit} queries in flight. */
  public TextListenerSettings withMaxInFlight(int limit) {
    return new TextListenerSettings(rest, restAfterNewline, limits.withMaxInFlight(limit));
  }
}
