package firstanswer.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The load balancer.
 *
 * @param text where it listens for the text protocol, if at all
 * @param dns where it listens for DNS, over UDP and TCP, if at all
 * @param clients what they may do
 * @param upstreams 1 to 64
 * @param textDeadline within which a text query is answered
 * @param dnsDeadline within which a DNS query is answered
 * @param negativesWithout what becomes of a "no" that was said without servers that are down
 * @param policy whom it asks, and when
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

  /** The longer of the deadlines: by then, whatever is in flight has its answer. */
  public Duration longestDeadline() {
    return textDeadline.compareTo(dnsDeadline) > 0 ? textDeadline : dnsDeadline;
  }
}
