package firstanswer.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The load balancer.
 *
 * @param text where it listens for the text protocol, if at all
 * @param upstreams 1 to 64
 * @param textDeadline within which a text query is answered
 */
public record LoadBalancerSettings(
    Optional<HostPort> text, List<UpstreamAddress> upstreams, Duration textDeadline) {}
