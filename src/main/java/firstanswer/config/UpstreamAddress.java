package firstanswer.config;

import firstanswer.codec.text.Framing;

/** The address by which the load balancer reaches an upstream. */
public sealed interface UpstreamAddress {
  /** The name in the configuration and in the log. */
  String name();

  /** Applies the case for this kind of upstream. A kind that has no case does not compile. */
  <R> R match(Cases<R> cases);

  /** One case for each kind of upstream. */
  interface Cases<R> {
    /** A table server in this process. */
    R inProcess(InProcess address);

    /** A table server elsewhere, in both protocols. */
    R elsewhere(Elsewhere address);

    /** A name server. */
    R dns(Dns address);

    /** A server of the text protocol. */
    R text(Text address);
  }

  /** The table server of that name in this process. */
  record InProcess(String name) implements UpstreamAddress {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.inProcess(this);
    }
  }

  /** A table server elsewhere, with an address for each protocol. */
  record Elsewhere(String name, Text text, Dns dns) implements UpstreamAddress {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.elsewhere(this);
    }
  }

  /** A name server; the port is 1 to 65,535. */
  record Dns(String name, HostPort server) implements UpstreamAddress {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dns(this);
    }
  }

  /** A server of the text protocol; the port is 1 to 65,535. */
  record Text(String name, HostPort server, Framing framing) implements UpstreamAddress {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.text(this);
    }
  }
}
