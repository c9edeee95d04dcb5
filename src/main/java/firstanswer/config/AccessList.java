package firstanswer.config;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The networks whose clients may ask. */
public final class AccessList {
  /** Allows every client. */
  public static final AccessList ANYBODY = new AccessList(List.of());

  private static final String ANY = "any";

  /** Only the full notation: a short one is read in different ways. */
  private static final IPAddressStringParameters NOTATION =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowPrefixOnly(false)
          .allowMask(false)
          .allowWildcardedSeparator(false)
          .allow_inet_aton(false)
          .setRangeOptions(RangeParameters.NO_RANGE)
          .getIPv4AddressParametersBuilder()
          .allowLeadingZeros(false)
          .allowBinary(false)
          .getParentBuilder()
          .getIPv6AddressParametersBuilder()
          .allowZone(false)
          .allowBase85(false)
          .allowBinary(false)
          .getParentBuilder()
          .toParams();

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
    if (texts.isEmpty() || texts.stream().anyMatch(text -> problem(text).isPresent())) {
      return Optional.empty();
    }
    return Optional.of(
        texts.contains(ANY)
            ? ANYBODY
            : new AccessList(texts.stream().map(AccessList::address).toList()));
  }

  /**
   * Names the mistake in one text of the list; empty if there is none. Some programs take {@code
   * 10/8} for 10.0.0.0/8 and others for 0.0.0.10/8, and nobody can tell which half of {@code
   * 192.0.2.1/24} is meant. So neither is read.
   */
  static Optional<String> problem(String text) {
    if (text.equals(ANY)) {
      return Optional.empty();
    }
    IPAddress network = address(text);
    if (network == null) {
      return Optional.of(
          "\"%s\" is no network; expected 10.0.0.0/8, 2001:db8::/32, a whole address, or any"
              .formatted(text));
    }
    if (network.isPrefixed() && !network.isPrefixBlock()) {
      return Optional.of(
          "\"%s\" is an address in the network %s; write one or the other"
              .formatted(text, network.toPrefixBlock()));
    }
    return Optional.empty();
  }

  /** The address or network that {@code text} is; null if it is none. */
  private static IPAddress address(String text) {
    return new IPAddressString(text, NOTATION).getAddress();
  }

  /** Whether a client at {@code address} may ask. */
  public boolean allows(InetAddress address) {
    return networks.isEmpty() || contains(address);
  }

  /** The zone of a link-local address, which names our interface, does not count. */
  private boolean contains(InetAddress address) {
    IPAddress client = new IPAddressGenerator().from(address.getAddress());
    return networks.stream().anyMatch(network -> network.contains(client));
  }
}
