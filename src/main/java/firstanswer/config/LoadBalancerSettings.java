package firstanswer.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the load balancer.
 *
 * @param text the address to listen at for the text protocol; empty for none
 * @param dns the address to listen at for DNS, over UDP and TCP; empty for none
 * @param clients the limits for clients
 * @param upstreams the servers to ask, 1 to 64
 * @param textDeadline the time within which a text query is answered
 * @param dnsDeadline the time within which a DNS query is answered
 * @param negativesWithout the reply when all servers heard say "no" and another is missing
 * @param policy decides which upstreams to ask, and when
 */
public record LoadBalancerSettings(
    Optional<HostPort> text,
    Optional<HostPort> dns,
    ClientLimitSettings clients,
    List<UpstreamSettings> upstreams,
    Duration textDeadline,
    Duration dnsDeadline,
    NegativesWithout negativesWithout,
    PolicySettings policy) {

  /** The longer of the two deadlines. Every query in flight is answered by then. */
  public Duration longestDeadline() {
    return textDeadline.compareTo(dnsDeadline) > 0 ? textDeadline : dnsDeadline;
  }
}
