package firstanswer.codec.wire;

import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Ipv4;
import java.util.Optional;
import org.xbill.DNS.Type;

/** Reads an address out of a DNS message, for those who ask in another protocol. */
public final class AddressReader {
  private AddressReader() {}

  /**
   * An address.
   *
   * @param name that was asked for, as the server wrote it
   * @param address in dotted decimal
   */
  public record NamedAddress(String name, String address) {}

  /**
   * The first IPv4 address of a positive answer, if there is one: at the name asked for or at the
   * end of its aliases. Other names in the message prove nothing.
   */
  public static Optional<NamedAddress> firstAddress(Content.Message message) {
    return WireMessage.read(message.bytes())
        .filter(m -> m.hasQuestion() && m.questionType() == Type.A)
        .flatMap(AddressReader::firstAddress);
  }

  private static Optional<NamedAddress> firstAddress(WireMessage message) {
    AliasChain chain = new AliasChain(message);
    if (!chain.hasRecord()) {
      return Optional.empty();
    }
    byte[] bytes = message.bytes();
    byte[] name = WireName.uncompressed(bytes, message.owner(chain.first()));
    int address = message.data(chain.record());
    return message.dataEnd(chain.record()) - address == Ipv4.OCTETS
        ? Optional.of(
            new NamedAddress(DomainName.ofWire(name, 0).toString(), Ipv4.toText(bytes, address)))
        : Optional.empty();
  }
}
