package firstanswer.config;

import java.time.Duration;
import java.util.List;

/**
 * The settings of the load balancer.
 *
 * @param text the addresses to listen at for the text protocol, perhaps none
 * @param dns the addresses to listen at for DNS, over UDP and TCP, perhaps none
 * @param clients the limits for clients
 * @param upstreams the servers to ask, 1 to 64
 * @param textDeadline the time within which a text query is answered
 * @param dnsDeadline the time within which a DNS query is answered
 * @param negativesWithout the reply when all servers heard say "no" and another is missing
 * @param policy decides which upstreams to ask, and when
 */
public record LoadBalancerSettings(
    List<HostPort> text,
    List<HostPort> dns,
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
