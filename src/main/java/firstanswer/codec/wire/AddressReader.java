package firstanswer.codec.wire;

import firstanswer.dns.Content;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

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

  /** The first IPv4 address of a positive answer, if there is one. */
  public static Optional<NamedAddress> firstAddress(Content.Message message) {
    try {
      Message parsed = new Message(message.bytes());
      List<Record> answers = parsed.getSection(Section.ANSWER);
      Name asked = parsed.getQuestion().getName();
      String name =
          answers.stream()
              .map(Record::getName)
              .filter(asked::equals)
              .findFirst()
              .orElse(asked)
              .toString(true);
      return answers.stream()
          .filter(ARecord.class::isInstance)
          .map(a -> new NamedAddress(name, ((ARecord) a).getAddress().getHostAddress()))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
