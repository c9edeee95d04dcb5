package firstanswer.codec.wire;

import firstanswer.dns.DomainName;
import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import java.util.Optional;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Type;

/** A client's query. Whether and how to answer it is not decided here. */
public final class ClientQuery implements ClientMessage {
  /** The bytes that every client takes over UDP (RFC 1035 section 4.2.1). */
  private static final int MIN_UDP_PAYLOAD = 512;

  private final WireMessage message;
  private final Manner.Dns manner;
  private final boolean brokenOptions;

  /**
   * A query that came as {@code message}, which has one question.
   *
   * @param brokenOptions whether the EDNS options cannot be read
   */
  ClientQuery(WireMessage message, Manner.Dns manner, boolean brokenOptions) {
    this.message = message;
    this.manner = manner;
    this.brokenOptions = brokenOptions;
  }

  /**
   * The question, in the spelling of the client. Its class may differ from IN. Only here is the
   * name read, so that a query that is refused costs no more than its scan.
   */
  public Question question() {
    DomainName name = DomainName.ofWire(message.bytes(), Header.LENGTH);
    return new Question(name, type(), manner);
  }

  /** The QTYPE, 0 to 65,535 (IANA: DNS resource record types). */
  public int type() {
    return message.questionType();
  }

  /** The QCLASS, 0 to 65,535 (IANA: DNS CLASSes). */
  public int questionClass() {
    return message.questionClass();
  }

  /** The version of EDNS that the client speaks, 0 to 255; 0 for a client without EDNS. */
  public int ednsVersion() {
    return message.hasOpt() ? message.ednsVersion() : 0;
  }

  /** Whether an EDNS option is longer than the OPT record, so that the options are not read. */
  public boolean hasBrokenOptions() {
    return brokenOptions;
  }

  /**
   * Whether the client has signed the query, with TSIG (RFC 8945) or SIG(0) (RFC 2931), and so
   * expects a signed response.
   */
  public boolean isSigned() {
    int end = message.additionals() + Header.word(message.bytes(), Header.ADDITIONALS_AT);
    for (int i = message.additionals(); i < end; i++) {
      if (message.type(i) == Type.TSIG || message.type(i) == Type.SIG) {
        return true;
      }
    }
    return false;
  }

  /** Whether the client asks how long its connection may be idle (RFC 7828). */
  boolean asksForKeepalive() {
    return message.hasOpt()
        && EdnsOptions.has(message.ednsOptions(), EDNSOption.Code.TCP_KEEPALIVE);
  }

  /** The client's EDNS, without options where they are broken; empty without an OPT record. */
  Optional<Edns> edns() {
    return manner.edns();
  }

  /**
   * The bytes that the client takes over UDP: 512 without EDNS; a size below 512 counts as 512 (RFC
   * 6891 section 6.2.3).
   */
  int udpPayload() {
    return message.hasOpt() ? Math.max(MIN_UDP_PAYLOAD, message.udpPayload()) : MIN_UDP_PAYLOAD;
  }

  /** The query as it came; its question stands between the header and {@link #questionEnd}. */
  byte[] bytes() {
    return message.bytes();
  }

  int questionEnd() {
    return message.questionEnd();
  }

  int id() {
    return message.id();
  }

  int flags() {
    return message.flags();
  }
}
