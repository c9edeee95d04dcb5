package firstanswer.codec.wire;

import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import java.util.Optional;

/** Reads the messages that clients send. */
public final class QueryReader {
  /**
   * The header flags with which a client says how it wants its answer, and which a forwarder passes
   * on: RD, and for DNSSEC AD and CD (RFC 6840 section 5.7, RFC 4035 section 3.2.2).
   */
  private static final int PASSED_ON =
      Header.RECURSION_DESIRED | Header.AUTHENTIC_DATA | Header.CHECKING_DISABLED;

  private QueryReader() {}

  /** Whether {@code bytes} have a header and are no response; costs next to nothing. */
  public static boolean mayBeQuery(byte[] bytes) {
    return bytes.length >= Header.LENGTH
        && (Header.word(bytes, Header.FLAGS_AT) & Header.RESPONSE) == 0;
  }

  /** Reads {@code bytes}, which the result keeps; nobody may change them. */
  public static ClientMessage read(byte[] bytes) {
    if (!mayBeQuery(bytes)) {
      return ClientMessage.NoQuery.NO_QUERY;
    }
    int id = Header.word(bytes, Header.ID_AT);
    int flags = Header.word(bytes, Header.FLAGS_AT);
    if ((flags & Header.OPCODE_MASK) != 0) {
      return new ClientMessage.OtherOpcode(id, flags);
    }
    Optional<WireMessage> message = WireMessage.read(bytes).filter(WireMessage::hasQuestion);
    return message.isPresent() ? query(message.get()) : new ClientMessage.Malformed(id, flags);
  }

  private static ClientQuery query(WireMessage message) {
    Optional<Edns> edns = EdnsOptions.endToEnd(message);
    boolean brokenOptions = message.hasOpt() && edns.isEmpty();
    // A response about broken options has an OPT record, too (RFC 6891 section 7).
    Optional<Edns> readable =
        brokenOptions ? Optional.of(new Edns(message.ednsFlags(), new byte[0])) : edns;
    Manner.Dns manner = new Manner.Dns(message.flags() & PASSED_ON, readable);
    return new ClientQuery(message, manner, brokenOptions);
  }
}
