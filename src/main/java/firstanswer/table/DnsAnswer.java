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
 * Makes the DNS message that answers a question from a table (RFC 1035 section 4.1). The message is
 * authoritative and offers no recursion. The id is 0 and there is no OPT record: the front end sets
 * the id and the OPT record for its client.
 */
final class DnsAnswer {
  private static final int ID = 0;

  /**
   * The longest message in bytes, since its length has 16 bits over TCP (RFC 1035 section 4.2.2). A
   * longer message is truncated.
   */
  private static final int MAX_LENGTH = 65_535;

  /** The header flag "recursion desired" (RFC 1035 section 4.1.1). */
  private static final int RD = 0x0100;

  /** The header flag "checking disabled" (RFC 4035 section 3.1.6). */
  private static final int CD = 0x0010;

  private DnsAnswer() {}

  /** The answer to {@code question}, whose look-up followed {@code chain}. */
  static Answer of(Question question, Manner.Dns manner, CnameChain chain) {
    Message message = new Message(ID);
    setHeader(message.getHeader(), manner.flags(), chain);
    message.addRecord(
        Record.newRecord(DnsjavaNames.of(question.name()), question.type(), DClass.IN),
        Section.QUESTION);
    chain.records().forEach(record -> message.addRecord(record, Section.ANSWER));
    chain.soa().ifPresent(soa -> message.addRecord(soa, Section.AUTHORITY));
    Content.Message content = new Content.Message(message.toWire(MAX_LENGTH));
    return chain.end() instanceof LookUpResult.Found
        ? new Answer.Positive(content)
        : new Answer.Negative(kind(chain), Optional.of(content));
  }

  private static void setHeader(Header header, int flagsAsked, CnameChain chain) {
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

  /**
   * The kind of a "no". The kind is ALIAS if there is a CNAME record, even if the RCODE is
   * NXDOMAIN: by RFC 6604 section 3, only the RCODE speaks of the last name of the chain.
   */
  private static Answer.Negative.Kind kind(CnameChain chain) {
    if (!chain.aliases().isEmpty() || chain.end() instanceof LookUpResult.Alias) {
      return Answer.Negative.Kind.ALIAS;
    }
    return chain.end() == LookUpResult.Nothing.NODATA
        ? Answer.Negative.Kind.NODATA
        : Answer.Negative.Kind.NXDOMAIN;
  }
}
