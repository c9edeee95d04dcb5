package firstanswer.config;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The networks whose clients may ask. */
public final class AccessList {
  /** Allows every client. */
  public static final AccessList ANYBODY = new AccessList(List.of());

  private final List<IPAddress> networks;

  /** An empty list allows every client. */
  private AccessList(List<IPAddress> networks) {
    this.networks = networks;
  }

  /**
   * Reads networks such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}, single addresses, or
   * {@code any}. Empty if there are none or if one of them cannot be read.
   */
  public static Optional<AccessList> parse(List<String> texts) {
    if (texts.contains("any")) {
      return Optional.of(ANYBODY);
    }
    List<IPAddress> networks = new ArrayList<>();
    for (String text : texts) {
      IPAddress network = text.isBlank() ? null : new IPAddressString(text).getAddress();
      if (network == null) {
        return Optional.empty();
      }
      networks.add(network.toPrefixBlock());
    }
    return networks.isEmpty() ? Optional.empty() : Optional.of(new AccessList(networks));
  }

  /** Whether a client at {@code address} may ask. */
  public boolean allows(InetAddress address) {
    return networks.isEmpty() || contains(address);
  }

  private boolean contains(InetAddress address) {
    IPAddress client = new IPAddressGenerator().from(address);
    return networks.stream().anyMatch(network -> network.contains(client));
  }
}
