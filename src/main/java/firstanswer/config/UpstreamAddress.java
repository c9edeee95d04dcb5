package firstanswer.config;

import firstanswer.codec.text.Framing;

/** How the load balancer reaches an upstream. */
public sealed interface UpstreamAddress {
  /** What the configuration calls it; stands in the log. */
  String name();

  /** The table server of that name in this process. */
  record InProcess(String name) implements UpstreamAddress {}

  /** A table server elsewhere that each protocol reaches at an address of its own. */
  record Elsewhere(String name, Text text, Dns dns) implements UpstreamAddress {}

  /** A name server; the port is 1 to 65,535. */
  record Dns(String name, HostPort server) implements UpstreamAddress {}

  /** A server of the text protocol; the port is 1 to 65,535. */
  record Text(String name, HostPort server, Framing framing) implements UpstreamAddress {}
}
