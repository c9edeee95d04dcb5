package firstanswer.config;

import java.time.Duration;

/**
 * How name servers are asked.
 *
 * @param sockets UDP sockets for each upstream; its queries are spread over their random ports
 * @param maxPending queries that may wait for one upstream; over the limit, it is not asked
 * @param retransmitAfter the time after which a query over UDP without an answer is sent once more;
 *     an answer that takes longer is late
 * @param connectTimeout the time for one attempt to connect over TCP
 * @param idleTimeout closes a TCP connection after this long without a byte from the server
 * @param resolveInterval the time between look-ups of the upstream's host name
 * @param health when an upstream counts as down
 */
public record DnsUpstreamSettings(
    int sockets,
    int maxPending,
    Duration retransmitAfter,
    Duration connectTimeout,
    Duration idleTimeout,
    Duration resolveInterval,
    HealthSettings health) {}
