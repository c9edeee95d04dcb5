package firstanswer.config;

import java.time.Duration;

/**
 * How upstreams are spoken to in the text protocol.
 *
 * @param bareRest for how long an answer of unusual shape rests before it counts as whole
 * @param bareGap after which a bare upstream that is silent gets its next query
 * @param maxPending queries that wait for one upstream; for one more it is passed over
 * @param connectTimeout for one attempt to connect
 * @param reconnectMin the shortest wait before the next attempt
 * @param reconnectMax the longest
 */
public record TextUpstreamSettings(
    Duration bareRest,
    Duration bareGap,
    int maxPending,
    Duration connectTimeout,
    Duration reconnectMin,
    Duration reconnectMax) {

  /**
   * How many queries at a time a bare upstream can take and still be asked all of them well within
   * {@code deadline}: it is asked one at a time, and each that it does not know costs a gap. More
   * would only wait in line until they time out.
   */
  public int bareCapacity(Duration deadline) {
    return (int) Math.max(4, deadline.dividedBy(bareGap) * 3 / 4);
  }
}
