package firstanswer.config;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may ask: the clients whose addresses are in one of some networks. */
public final class AccessList {
  /** Whoever asks. */
  public static final AccessList ANYBODY = new AccessList(List.of());

  private final List<IPAddress> networks;

  /** No network at all means anybody. */
  private AccessList(List<IPAddress> networks) {
    this.networks = networks;
  }

  /**
   * The networks that {@code texts} name, such as {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a
   * single address, or {@code any}; empty when one of them is none, or there are none.
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
