package firstanswer.access;

import firstanswer.dns.Ipv4;
import firstanswer.dns.Ipv6;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The network that limits count as one client: an IPv4 address, or an IPv6 network of 56 bits.
 * Providers give such a network to one household (RFC 6177 section 2), and one machine can use any
 * number of addresses in it.
 *
 * <p>Comparable, so that a hash map stays fast when an attacker chooses keys with the same hash
 * code.
 *
 * @param bits for IPv6, the first 56 bits of the address, then 8 zero bits; for IPv4, 24 zero bits,
 *     the address, then the byte 4
 */
public record ClientNetwork(long bits) implements Comparable<ClientNetwork> {
  private static final int FAMILY_BITS = 8;
  private static final long IPV4 = 4;
  private static final int IPV6_BYTES = 16;

  /** The client at {@code address}. */
  public static ClientNetwork of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return new ClientNetwork(
        address instanceof Inet6Address
            ? bytes.getLong() >>> FAMILY_BITS << FAMILY_BITS
            : Integer.toUnsignedLong(bytes.getInt()) << FAMILY_BITS | IPV4);
  }

  @Override
  public int compareTo(ClientNetwork other) {
    return Long.compare(bits, other.bits);
  }

  /** The usual notation: 192.0.2.1, or 2001:db8:0:100::/56. */
  @Override
  public String toString() {
    return (bits & 0xff) == IPV4
        ? Ipv4.toText(
            ByteBuffer.allocate(Integer.BYTES).putInt((int) (bits >> FAMILY_BITS)).array(), 0)
        : Ipv6.toText(ByteBuffer.allocate(IPV6_BYTES).putLong(bits).array()) + "/56";
  }
}
