package firstanswer.config;

import java.time.Duration;

/**
 * How upstreams are spoken to in DNS.
 *
 * @param sockets over whose random ports the queries of one upstream are spread
 * @param maxPending queries that wait for one upstream; for one more it is passed over
 * @param retransmitAfter after which a query that is not answered over UDP is sent once more
 * @param connectTimeout for one attempt to connect over TCP
 * @param idleTimeout after which a TCP connection is closed over which the server says nothing
 * @param resolveInterval between look-ups of the upstream's host name
 * @param health when the upstream counts as down, an answer being in time before the query is sent
 *     once more
 */
public record DnsUpstreamSettings(
    int sockets,
    int maxPending,
    Duration retransmitAfter,
    Duration connectTimeout,
    Duration idleTimeout,
    Duration resolveInterval,
    HealthSettings health) {}
