package firstanswer.config;

import firstanswer.dns.Ipv4;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a listener or of a server to ask.
 *
 * @param host a name or an address; an IPv6 address has no brackets
 * @param port 0 to 65,535; 0, for a listener, picks a free one
 */
public record HostPort(String host, int port) {
  private static final int MAX_PORT = 65_535;
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:/?#@\\s]+)):(\\d{1,5})");

  /** 0.0.0.0, also with fewer parts, as the system reads it. */
  private static final Pattern WILDCARD = Pattern.compile("0+(?:\\.0+){0,3}");

  /** Reads {@code host:port} or {@code [address]:port}; empty for other texts. */
  public static Optional<HostPort> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(3)) > MAX_PORT) {
      return Optional.empty();
    }
    String host = form.group(1) != null ? form.group(1) : form.group(2);
    return Optional.of(new HostPort(host, Integer.parseInt(form.group(3))));
  }

  /** The host and port of a socket, the host as an address. */
  public static HostPort of(InetSocketAddress address) {
    return new HostPort(address.getAddress().getHostAddress(), address.getPort());
  }

  /**
   * The address of a socket that was bound to this one. It has the host as an address, except that
   * a wildcard address stays as written: for 0.0.0.0, Java may report that of IPv6.
   */
  public HostPort boundTo(InetSocketAddress socket) {
    return isWildcard() ? new HostPort(host, socket.getPort()) : of(socket);
  }

  /** Whether the host is 0.0.0.0 or ::, which stand for every address of a host. */
  public boolean isWildcard() {
    return WILDCARD.matcher(host).matches()
        || literal().filter(InetAddress::isAnyLocalAddress).isPresent();
  }

  /** The address that the host is; empty for a name. */
  Optional<InetAddress> literal() {
    try {
      return Ipv4.isAddress(host) || host.contains(":")
          ? Optional.of(InetAddress.getByName(host))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
