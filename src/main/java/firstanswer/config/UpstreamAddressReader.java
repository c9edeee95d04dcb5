package firstanswer.config;

import firstanswer.codec.text.Framing;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads upstreams as the operator writes them. */
final class UpstreamAddressReader {
  private static final Pattern UPSTREAM =
      Pattern.compile(
          "(?<name>(?:(?<scheme>text|dns)://)?(?<where>[^/?]+))(?<slash>/)?"
              + "(?:\\?(?<parameters>.+))?");
  private static final Pattern PARAMETER =
      Pattern.compile("framing=(?:line|bare)|(?:in-flight|per-second)=[1-9][0-9]{0,6}");

  /** Roles that are not table servers. */
  private static final Set<String> ROLES = Set.of("ls", "client");

  private static final String IN_FLIGHT = "in-flight";
  private static final String PER_SECOND = "per-second";
  private static final String FRAMING = "framing";

  private final Collection<String> rolesHere;
  private final BiFunction<String, String, List<HostPort>> listenersOf;

  /**
   * Reads the upstreams of one process.
   *
   * @param rolesHere the roles that run in this process
   * @param listenersOf the addresses of a table server for a protocol, {@code text} or {@code dns}
   */
  UpstreamAddressReader(
      Collection<String> rolesHere, BiFunction<String, String, List<HostPort>> listenersOf) {
    this.rolesHere = rolesHere;
    this.listenersOf = listenersOf;
  }

  /** The upstream that {@code text} names; empty if {@code text} cannot be read. */
  Optional<UpstreamSettings> parse(String text) {
    Matcher upstream = UPSTREAM.matcher(text);
    if (!upstream.matches()) {
      return Optional.empty();
    }
    return parameters(Optional.ofNullable(upstream.group("parameters")))
        .flatMap(
            parameters ->
                address(upstream, parameters)
                    .map(
                        address ->
                            new UpstreamSettings(
                                address,
                                number(parameters, IN_FLIGHT),
                                number(parameters, PER_SECOND))));
  }

  private static Optional<Map<String, String>> parameters(Optional<String> text) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : text.map(t -> t.split("&", -1)).orElse(new String[0])) {
      int equals = parameter.indexOf('=');
      if (!PARAMETER.matcher(parameter).matches()
          || parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1))
              != null) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static OptionalInt number(Map<String, String> parameters, String key) {
    String value = parameters.get(key);
    return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
  }

  private Optional<UpstreamAddress> address(Matcher upstream, Map<String, String> parameters) {
    String name = upstream.group("name");
    String where = upstream.group("where");
    if ("text".equals(upstream.group("scheme"))) {
      Framing framing = "bare".equals(parameters.get(FRAMING)) ? Framing.BARE : Framing.LINE;
      return HostPort.parse(where)
          .filter(UpstreamAddressReader::canBeReached)
          .map(server -> new UpstreamAddress.Text(name, server, framing));
    }
    if (parameters.containsKey(FRAMING)) {
      return Optional.empty();
    }
    if (upstream.group("scheme") != null) {
      return dnsServer(where).map(server -> new UpstreamAddress.Dns(name, server));
    }
    boolean tableServer = upstream.group("slash") == null && !ROLES.contains(where);
    return tableServer ? tableServer(where) : Optional.empty();
  }

  /** Reads the address of a name server; the default port is 53. */
  static Optional<HostPort> dnsServer(String text) {
    return HostPort.parse(text)
        .or(() -> HostPort.parse(text + ":53"))
        .filter(UpstreamAddressReader::canBeReached);
  }

  private static boolean canBeReached(HostPort server) {
    return server.port() != 0;
  }

  private Optional<UpstreamAddress> tableServer(String name) {
    if (rolesHere.contains(name)) {
      return Optional.of(new UpstreamAddress.InProcess(name));
    }
    Optional<UpstreamAddress.Text> text =
        listenerOf(name, "text")
            .map(server -> new UpstreamAddress.Text(name, server, Framing.LINE));
    Optional<UpstreamAddress.Dns> dns =
        listenerOf(name, "dns").map(server -> new UpstreamAddress.Dns(name, server));
    if (text.isPresent() && dns.isPresent()) {
      return Optional.of(new UpstreamAddress.Elsewhere(name, text.get(), dns.get()));
    }
    return text.<UpstreamAddress>map(t -> t).or(() -> dns);
  }

  /** Of the addresses of a table server, the first that can be asked. */
  private Optional<HostPort> listenerOf(String name, String protocol) {
    return listenersOf.apply(name, protocol).stream()
        .filter(UpstreamAddressReader::canBeReached)
        .min(Comparator.comparing(HostPort::isWildcard));
  }

  /** The reason why an upstream cannot be read. */
  static String problem(String text, Collection<String> tableServers) {
    if (tableServers.contains(text)) {
      return text + " does not run in this process and has no text or dns address with a port";
    }
    return text
        + " is no upstream; expected a table server, one of "
        + tableServers
        + ", or dns://host:port, text://host:port or text://host:port?framing=bare; each with"
        + " ?in-flight=N and ?per-second=N if need be, joined by &"
        + Suggestion.question(text, tableServers);
  }
}
