package firstanswer.config;

import java.time.Duration;

/**
 * The rules for asking name servers.
 *
 * @param sockets UDP sockets for each upstream; its queries are spread over their random ports
 * @param maxPending queries that may wait for one upstream; over the limit, the upstream is not
 *     asked
 * @param retransmitMin the shortest time after which a query over UDP without an answer is sent
 *     once more; the time itself is twice the server's slowest recent answer
 * @param retransmitMax the longest such time
 * @param connectTimeout the time for one attempt to connect over TCP
 * @param idleTimeout closes a TCP connection after this long without a byte from the server
 * @param resolveInterval the time between look-ups of the upstream's host name
 * @param health when an upstream counts as down
 * @param questionCase the case of the letters in queries
 */
public record DnsUpstreamSettings(
    int sockets,
    int maxPending,
    Duration retransmitMin,
    Duration retransmitMax,
    Duration connectTimeout,
    Duration idleTimeout,
    Duration resolveInterval,
    HealthSettings health,
    QuestionCase questionCase) {}
