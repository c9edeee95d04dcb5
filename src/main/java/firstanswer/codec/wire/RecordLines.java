package firstanswer.codec.wire;

import firstanswer.dns.Content;
import firstanswer.dns.Ipv6;
import java.io.IOException;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Writes the answer records of a DNS message as lines of text, for people. */
public final class RecordLines {
  private RecordLines() {}

  /**
   * One line {@code Name data type IN} for each record of the type asked for. The name is the name
   * asked for, in the server's spelling; the data have the form of master files (RFC 1035 section
   * 5.1, RFC 3597 section 5). No lines if a record cannot be parsed.
   */
  public static List<String> of(Content.Message message) {
    try {
      Message parsed = new Message(message.bytes());
      Record question = parsed.getQuestion();
      List<Record> answers = parsed.getSection(Section.ANSWER);
      Name asked = question.getName();
      String name =
          answers.stream()
              .map(Record::getName)
              .filter(asked::equals)
              .findFirst()
              .orElse(asked)
              .toString(true);
      return answers.stream()
          .filter(record -> record.getType() == question.getType())
          .map(record -> line(name, record))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String line(String name, Record record) {
    return String.join(
        " ",
        name,
        record instanceof AAAARecord aaaa
            ? Ipv6.toText(aaaa.getAddress().getAddress())
            : record.rdataToString(),
        Type.string(record.getType()),
        DClass.string(record.getDClass()));
  }
}
