package firstanswer.config;

import java.time.Duration;

/**
 * The rules for asking servers of the text protocol.
 *
 * @param bareRest the pause after which an answer of unusual form is complete
 * @param bareGap the silence after which a bare upstream gets its next query
 * @param maxPending queries that may wait for one upstream; over the limit, the upstream is not
 *     asked
 * @param connectTimeout the time for one attempt to connect
 * @param reconnectMin the shortest wait before the next attempt
 * @param reconnectMax the longest such wait
 * @param outage when a server is down
 * @param keepAlive the check that the host of an idle connection is still there
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
   * {@code deadline}. A bare upstream gets one query at a time, and each unknown name costs a gap;
   * more queries would wait until they time out.
   */
  public int bareCapacity(Duration deadline) {
    return (int) Math.max(4, deadline.dividedBy(bareGap) * 3 / 4);
  }
}
