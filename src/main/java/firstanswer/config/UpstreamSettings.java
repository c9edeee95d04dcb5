package firstanswer.config;

import java.util.OptionalInt;

/**
 * An upstream of the load balancer.
 *
 * @param maxInFlight queries that it may have at a time, at least 1, if there is a limit
 * @param perSecond queries that it may get in a second, at least 1, if there is a limit
 */
public record UpstreamSettings(
    UpstreamAddress address, OptionalInt maxInFlight, OptionalInt perSecond) {}
