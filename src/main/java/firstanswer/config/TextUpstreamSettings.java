package firstanswer.config;

import java.time.Duration;

/**
 * How servers of the text protocol are asked.
 *
 * @param bareRest an answer of unusual form is complete when nothing follows for this long
 * @param bareGap a bare upstream that is silent for this long gets its next query
 * @param maxPending queries that may wait for one upstream; over the limit, it is not asked
 * @param connectTimeout the time for one attempt to connect
 * @param reconnectMin the shortest wait before the next attempt
 * @param reconnectMax the longest
 * @param outage when a server is down
 * @param keepAlive finds out that the host of an idle connection is gone
 */
public record TextUpstreamSettings(
    Duration bareRest,
    Duration bareGap,
    int maxPending,
    Duration connectTimeout,
    Duration reconnectMin,
    Duration reconnectMax,
    OutageSettings outage,
    KeepAliveSettings keepAlive) {

  /**
   * The number of queries that a bare upstream can take at a time and still be asked well within
   * {@code deadline}. It is asked one query at a time, and each that it does not know costs a gap;
   * more queries would wait in line until they time out.
   */
  public int bareCapacity(Duration deadline) {
    return (int) Math.max(4, deadline.dividedBy(bareGap) * 3 / 4);
  }
}
