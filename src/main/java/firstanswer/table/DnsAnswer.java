package firstanswer.table;

import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * The message that answers a question of DNS with what a table holds (RFC 1035 section 4.1): from
 * an authority, without recursion, with id 0 and without OPT, which are its reader's affair.
 */
final class DnsAnswer {
  private static final int ID = 0;

  /** What a length of 16 bits can say; records beyond it are left out, and TC says so. */
  private static final int MAX_LENGTH = 65_535;

  /** RD and CD of the header's flags (RFC 1035 section 4.1.1, RFC 4035 section 3.1.6). */
  private static final int RD = 0x0100;

  private static final int CD = 0x0010;

  private DnsAnswer() {}

  /** The answer to {@code question} that {@code chain} comes to. */
  static Answer of(Question question, Manner.Dns manner, Chain chain) {
    Message message = new Message(ID);
    setHeader(message.getHeader(), manner.flags(), chain);
    message.addRecord(
        Record.newRecord(WireNames.of(question.name()), question.type(), DClass.IN),
        Section.QUESTION);
    chain.records().forEach(record -> message.addRecord(record, Section.ANSWER));
    chain.soa().ifPresent(soa -> message.addRecord(soa, Section.AUTHORITY));
    Content.Message content = new Content.Message(message.toWire(MAX_LENGTH));
    return chain.end() instanceof Finding.Found
        ? new Answer.Positive(content)
        : new Answer.Negative(kind(chain), Optional.of(content));
  }

  private static void setHeader(Header header, int flagsAsked, Chain chain) {
    header.setFlag(Flags.QR);
    header.setFlag(Flags.AA);
    if ((flagsAsked & RD) != 0) {
      header.setFlag(Flags.RD);
    }
    if ((flagsAsked & CD) != 0) {
      header.setFlag(Flags.CD);
    }
    header.setRcode(chain.endsInNxdomain() ? Rcode.NXDOMAIN : Rcode.NOERROR);
  }

  /** An alias without records is one, whatever it leads to (RFC 6604 section 3 is of the RCODE). */
  private static Answer.Negative.Kind kind(Chain chain) {
    if (!chain.aliases().isEmpty() || chain.end() instanceof Finding.Alias) {
      return Answer.Negative.Kind.ALIAS;
    }
    return chain.end() == Finding.Nothing.NODATA
        ? Answer.Negative.Kind.NODATA
        : Answer.Negative.Kind.NXDOMAIN;
  }
}
