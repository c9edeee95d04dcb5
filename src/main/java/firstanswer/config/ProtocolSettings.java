package firstanswer.config;

/**
 * The settings that all listeners and upstreams of a protocol share.
 *
 * @param maxUnsent the share of the heap, from 0 to 1, for answers that clients have not read
 */
public record ProtocolSettings(
    double maxUnsent,
    TextListenerSettings textListener,
    DnsListenerSettings dnsListener,
    TextUpstreamSettings textUpstream,
    DnsUpstreamSettings dnsUpstream) {}
