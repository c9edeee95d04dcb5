package firstanswer.config;

/** The settings that all listeners and upstreams of a protocol share. */
public record ProtocolSettings(
    TextListenerSettings textListener,
    DnsListenerSettings dnsListener,
    TextUpstreamSettings textUpstream,
    DnsUpstreamSettings dnsUpstream) {}
