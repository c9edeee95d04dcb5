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

/** Shows what a DNS message answers to people, in the order of the text protocol. */
public final class RecordLines {
  private RecordLines() {}

  /**
   * A line {@code Name data type IN} for each record of the type asked for, its data as in master
   * files (RFC 1035 section 5.1, RFC 3597 section 5), under the name asked for as the server wrote
   * it; none when the message cannot be read.
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
