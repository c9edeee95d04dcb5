package firstanswer.settings;

import firstanswer.codec.text.Framing;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an operator writes for an upstream. */
final class UpstreamAddresses {
  private static final Pattern TEXT_URI =
      Pattern.compile("text://([^/?]+)/?(?:\\?framing=(line|bare))?");
  private static final Pattern DNS_URI = Pattern.compile("dns://([^/?]+)/?");

  private final Collection<String> rolesHere;
  private final BiFunction<String, String, Optional<HostPort>> listenerOf;

  /**
   * Reads for a process.
   *
   * @param rolesHere what runs in it
   * @param listenerOf where a table server listens for a protocol, {@code text} or {@code dns}
   */
  UpstreamAddresses(
      Collection<String> rolesHere, BiFunction<String, String, Optional<HostPort>> listenerOf) {
    this.rolesHere = rolesHere;
    this.listenerOf = listenerOf;
  }

  /** The upstream that {@code text} names; empty when it is none. */
  Optional<UpstreamAddress> parse(String text) {
    Matcher textUri = TEXT_URI.matcher(text);
    if (textUri.matches()) {
      Framing framing = "bare".equals(textUri.group(2)) ? Framing.BARE : Framing.LINE;
      return HostPort.parse(textUri.group(1))
          .filter(UpstreamAddresses::canBeReached)
          .map(server -> new UpstreamAddress.Text(text, server, framing));
    }
    Matcher dnsUri = DNS_URI.matcher(text);
    if (dnsUri.matches()) {
      return dnsServer(dnsUri.group(1)).map(server -> new UpstreamAddress.Dns(text, server));
    }
    return text.equals("ls") || text.equals("client") ? Optional.empty() : tableServer(text);
  }

  /** Port 53 may go without saying. */
  static Optional<HostPort> dnsServer(String text) {
    return HostPort.parse(text)
        .or(() -> HostPort.parse(text + ":53"))
        .filter(UpstreamAddresses::canBeReached);
  }

  private static boolean canBeReached(HostPort server) {
    return server.port() != 0;
  }

  private Optional<UpstreamAddress> tableServer(String name) {
    if (rolesHere.contains(name)) {
      return Optional.of(new UpstreamAddress.InProcess(name));
    }
    Optional<UpstreamAddress.Text> text =
        listenerOf
            .apply(name, "text")
            .filter(UpstreamAddresses::canBeReached)
            .map(server -> new UpstreamAddress.Text(name, server, Framing.LINE));
    Optional<UpstreamAddress.Dns> dns =
        listenerOf
            .apply(name, "dns")
            .filter(UpstreamAddresses::canBeReached)
            .map(server -> new UpstreamAddress.Dns(name, server));
    if (text.isPresent() && dns.isPresent()) {
      return Optional.of(new UpstreamAddress.Elsewhere(name, text.get(), dns.get()));
    }
    return text.<UpstreamAddress>map(t -> t).or(() -> dns);
  }

  /** What is wrong with an upstream that could not be read. */
  static String problem(String text, Collection<String> tableServers) {
    if (tableServers.contains(text)) {
      return text + " does not run in this process and has no text or dns address with a port";
    }
    return text
        + " is no upstream; expected a table server, one of "
        + tableServers
        + ", or dns://host:port, text://host:port or text://host:port?framing=bare";
  }
}
