package firstanswer.config;

/** The settings of listeners and upstreams, by protocol, the same for all of a process. */
public record ProtocolSettings(
    TextListenerSettings textListener,
    DnsListenerSettings dnsListener,
    TextUpstreamSettings textUpstream,
    DnsUpstreamSettings dnsUpstream) {}
