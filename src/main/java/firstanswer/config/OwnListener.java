package firstanswer.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether an upstream is a listener of this process. Each query to such an upstream would
 * come back as a query. No name but {@code localhost} is looked up. An upstream has no wildcard
 * address.
 */
final class OwnListener {
  private OwnListener() {}

  /** Whether a connection to {@code upstream} reaches the listener at {@code listener}. */
  static boolean isReached(HostPort listener, HostPort upstream) {
    if (listener.port() != upstream.port()) {
      return false;
    }
    return listener.host().equalsIgnoreCase(upstream.host())
        || addresses(listener)
            .anyMatch(here -> addresses(upstream).anyMatch(there -> isReached(here, there)));
  }

  private static boolean isReached(InetAddress listener, InetAddress upstream) {
    return listener.isAnyLocalAddress()
        ? upstream.isLoopbackAddress() || isOfThisHost(upstream)
        : listener.equals(upstream);
  }

  private static boolean isOfThisHost(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private static Stream<InetAddress> addresses(HostPort at) {
    List<String> hosts =
        at.host().equalsIgnoreCase("localhost") ? List.of("127.0.0.1", "::1") : List.of(at.host());
    return hosts.stream()
        .map(host -> new HostPort(host, at.port()).literal())
        .flatMap(Optional::stream);
  }
}
