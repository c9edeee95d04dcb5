package firstanswer.settings;

import firstanswer.codec.text.Framing;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an operator writes for an upstream. */
final class UpstreamAddresses {
  private static final Pattern TEXT_URI =
      Pattern.compile("text://([^/?]+)/?(?:\\?framing=(line|bare))?");

  private UpstreamAddresses() {}

  /**
   * The upstream that {@code text} names; empty when it is none.
   *
   * @param rolesHere what runs in this process
   * @param textAddressOf where a table server listens that runs elsewhere
   */
  static Optional<UpstreamAddress> parse(
      String text,
      Collection<String> rolesHere,
      Function<String, Optional<HostPort>> textAddressOf) {
    Matcher uri = TEXT_URI.matcher(text);
    if (uri.matches()) {
      Framing framing = "bare".equals(uri.group(2)) ? Framing.BARE : Framing.LINE;
      return HostPort.parse(uri.group(1)).flatMap(server -> overTcp(text, server, framing));
    }
    if (text.equals("ls") || text.equals("client")) {
      return Optional.empty();
    }
    if (rolesHere.contains(text)) {
      return Optional.of(new UpstreamAddress.InProcess(text));
    }
    return textAddressOf.apply(text).flatMap(server -> overTcp(text, server, Framing.LINE));
  }

  private static Optional<UpstreamAddress> overTcp(String name, HostPort server, Framing framing) {
    return server.port() == 0
        ? Optional.empty()
        : Optional.of(new UpstreamAddress.Text(name, server, framing));
  }

  /** What is wrong with an upstream that could not be read. */
  static String problem(String text, Collection<String> tableServers) {
    if (tableServers.contains(text)) {
      return text + " does not run in this process and has no text address with a port";
    }
    return text
        + " is no upstream; expected a table server, one of "
        + tableServers
        + ", or text://host:port or text://host:port?framing=bare";
  }
}
