package firstanswer.codec.wire;

import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Ipv4;
import firstanswer.dns.message.WireMessage;
import firstanswer.dns.message.WireName;
import java.util.Optional;
import org.xbill.DNS.Type;

/** Reads an address out of a DNS message, for the text protocol. */
public final class AddressReader {
  private AddressReader() {}

  /**
   * An address and its name.
   *
   * @param name the name asked for, as the server wrote it
   * @param address in dotted decimal
   */
  public record NamedAddress(String name, String address) {}

  /**
   * The first IPv4 address at the name asked for, or at the end of its CNAME chain. Empty if the
   * message has none; addresses of other names do not count.
   */
  public static Optional<NamedAddress> firstAddress(Content.Message content) {
    WireMessage message = content.wire();
    if (!message.hasQuestion() || message.questionType() != Type.A) {
      return Optional.empty();
    }
    AliasChain chain = new AliasChain(message);
    return chain.hasRecord() ? address(message, chain) : Optional.empty();
  }

  private static Optional<NamedAddress> address(WireMessage message, AliasChain chain) {
    int data = message.data(chain.record());
    if (message.dataEnd(chain.record()) - data != Ipv4.OCTETS) {
      return Optional.empty();
    }
    byte[] name = WireName.uncompressed(message.bytes(), message.owner(chain.first()));
    return Optional.of(
        new NamedAddress(
            DomainName.ofWire(name, 0).toString(), Ipv4.toText(message.bytes(), data)));
  }
}
