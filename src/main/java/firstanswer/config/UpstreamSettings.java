package firstanswer.config;

import java.util.OptionalInt;

/**
 * An upstream of the load balancer and its limits.
 *
 * @param maxInFlight queries that it may have in flight, at least 1; empty means no limit
 * @param perSecond queries that it may get per second, at least 1; empty means no limit
 */
public record UpstreamSettings(
    UpstreamAddress address, OptionalInt maxInFlight, OptionalInt perSecond) {}
