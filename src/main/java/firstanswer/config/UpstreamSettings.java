package firstanswer.config;

import java.util.OptionalInt;

/**
 * An upstream of the load balancer and its limits.
 *
 * @param maxInFlight queries in flight to the upstream, at least 1; empty means no limit
 * @param perSecond queries per second to the upstream, at least 1; empty means no limit
 */
public record UpstreamSettings(
    UpstreamAddress address, OptionalInt maxInFlight, OptionalInt perSecond) {}
