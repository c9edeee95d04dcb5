package firstanswer.codec.wire;

import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Reads what clients send. */
public final class QueryReader {
  private static final int EDNS_VERSION = 0;

  /** Types from here to ANY are no data but requests: TKEY, TSIG, zone transfers (IANA). */
  private static final int FIRST_META_TYPE = Type.TKEY;

  private QueryReader() {}

  /** What {@code bytes}, which are left as they are, ask for. */
  public static ClientMessage read(byte[] bytes) {
    if (bytes.length < Header.LENGTH || (flags(bytes) & Header.RESPONSE) != 0) {
      return ClientMessage.Ignored.IGNORED;
    }
    if ((flags(bytes) & Header.OPCODE_MASK) != 0) {
      return answered(ResponseWriter.headerOnly(bytes, Rcode.NOTIMP));
    }
    return WireMessage.read(bytes)
        .filter(WireMessage::hasQuestion)
        .map(QueryReader::read)
        .orElseGet(() -> answered(ResponseWriter.headerOnly(bytes, Rcode.FORMERR)));
  }

  private static int flags(byte[] bytes) {
    return Header.word(bytes, Header.FLAGS_AT);
  }

  private static ClientMessage read(WireMessage message) {
    Optional<Edns> edns = message.hasOpt() ? message.edns() : Optional.empty();
    DnsQuery query = query(message, edns.or(() -> withoutOptions(message)));
    // Options of another version may look otherwise, so the version comes first.
    if (message.hasOpt() && message.ednsVersion() != EDNS_VERSION) {
      return answered(ResponseWriter.empty(query, Rcode.BADVERS));
    }
    if (message.hasOpt() && edns.isEmpty()) {
      return answered(ResponseWriter.empty(query, Rcode.FORMERR));
    }
    if (message.questionClass() != DClass.IN) {
      return answered(ResponseWriter.empty(query, Rcode.REFUSED));
    }
    int type = message.questionType();
    if (type == Type.ANY) {
      return answered(ResponseWriter.minimalAny(query));
    }
    return type >= FIRST_META_TYPE && type < Type.ANY
        ? answered(ResponseWriter.empty(query, Rcode.NOTIMP))
        : new ClientMessage.ToResolve(query);
  }

  /** Even what is wrong with an OPT record is told with one (RFC 6891 section 7). */
  private static Optional<Edns> withoutOptions(WireMessage message) {
    return message.hasOpt()
        ? Optional.of(new Edns(message.ednsFlags(), new byte[0]))
        : Optional.empty();
  }

  private static DnsQuery query(WireMessage message, Optional<Edns> edns) {
    byte[] bytes = message.bytes();
    Manner manner = new Manner.Dns(message.flags() & Header.WISHES, edns);
    return new DnsQuery(
        bytes,
        message.questionEnd(),
        new Question(DomainName.ofWire(bytes, Header.LENGTH), message.questionType(), manner),
        message.hasOpt() ? message.udpPayload() : DnsQuery.MIN_UDP_PAYLOAD);
  }

  private static ClientMessage answered(byte[] response) {
    return new ClientMessage.Answered(new Content.Message(response));
  }
}
