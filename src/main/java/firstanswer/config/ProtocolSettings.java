package firstanswer.config;

/** What listeners and upstreams keep to, by protocol, the same for all of a process. */
public record ProtocolSettings(
    TextListenerSettings textListener,
    DnsListenerSettings dnsListener,
    TextUpstreamSettings textUpstream,
    DnsUpstreamSettings dnsUpstream) {}
