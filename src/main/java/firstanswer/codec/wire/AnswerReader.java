package firstanswer.codec.wire;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative.Kind;
import firstanswer.dns.Content;
import java.util.Optional;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Reads what name servers answer, as far as the verdict needs.
 *
 * <p>Positive is a record of the type asked for, at the name asked for or at the end of the chain
 * of aliases that begins there. "No" is as in RFC 2308 section 2; a referral is none, since the
 * server leaves the answer to others.
 */
public final class AnswerReader {
  private static final Answer UNREADABLE = Answer.Failure.UNREADABLE;

  private AnswerReader() {}

  /**
   * What {@code response} answers to {@code query}, both as on the wire; empty when it is no answer
   * to it. The ids are for the caller to compare.
   */
  public static Optional<Answer> read(byte[] query, byte[] response) {
    if (response.length < Header.LENGTH
        || !isResponse(response)
        || asksOtherwise(query, response)) {
      return Optional.empty();
    }
    return Optional.of(WireMessage.read(response).map(AnswerReader::answer).orElse(UNREADABLE));
  }

  /** The id of {@code response}, if it is long enough to have one. */
  public static Optional<Integer> id(byte[] response) {
    return response.length < Header.LENGTH
        ? Optional.empty()
        : Optional.of(Header.word(response, 0));
  }

  /** Whether {@code response} was cut, so that the whole is to be had over TCP only. */
  public static boolean isTruncated(byte[] response) {
    return response.length >= Header.LENGTH
        && (Header.word(response, Header.FLAGS_AT) & Header.TRUNCATED) != 0;
  }

  /**
   * Whether {@code response} says no to the EDNS of {@code query}, and not to what it asks: FORMERR
   * or NOTIMP of a server that has no EDNS itself (RFC 6891 section 7). Some such servers repeat
   * the header with its counts and nothing behind it, so the response need not be readable.
   */
  public static boolean rejectsEdns(byte[] query, byte[] response) {
    int rcode = Header.word(response, Header.FLAGS_AT) & Header.RCODE_MASK;
    return Header.word(query, Header.ADDITIONALS_AT) > 0
        && (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP)
        && WireMessage.read(response).filter(WireMessage::hasOpt).isEmpty();
  }

  private static boolean isResponse(byte[] response) {
    int flags = Header.word(response, Header.FLAGS_AT);
    return (flags & (Header.RESPONSE | Header.OPCODE_MASK)) == Header.RESPONSE;
  }

  /** Whether the response has a question that can be read, and is another than the query's. */
  private static boolean asksOtherwise(byte[] query, byte[] response) {
    int end = WireMessage.questionEnd(response);
    if (Header.word(response, Header.QUESTIONS_AT) != 1 || end < 0) {
      return false;
    }
    int queryEnd = WireMessage.questionEnd(query);
    return Header.word(response, end - 4) != Header.word(query, queryEnd - 4)
        || Header.word(response, end - 2) != Header.word(query, queryEnd - 2)
        || !WireName.same(response, Header.LENGTH, query, Header.LENGTH);
  }

  private static Answer answer(WireMessage message) {
    Content.Message content = new Content.Message(message.bytes());
    int rcode = message.rcode();
    if (!message.hasQuestion()) {
      return withoutQuestion(message, content);
    }
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return failure(rcode, content);
    }
    return found(message, content);
  }

  /**
   * Some servers refuse without repeating the question; what says more than that must repeat it.
   */
  private static Answer withoutQuestion(WireMessage message, Content.Message content) {
    int rcode = message.rcode();
    boolean refuses =
        rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN && message.additionals() == 0;
    return refuses ? failure(rcode, content) : UNREADABLE;
  }

  private static Answer failure(int rcode, Content.Message content) {
    return new Answer.Failure(new Answer.Failure.ByRcode(rcode), Optional.of(content));
  }

  private static Answer found(WireMessage message, Content.Message content) {
    AliasChain chain = new AliasChain(message);
    if (chain.isBroken()) {
      return UNREADABLE;
    }
    if (chain.hasRecord() && message.rcode() == Rcode.NOERROR) {
      return new Answer.Positive(content);
    }
    return chain.hasAliases() ? negative(Kind.ALIAS, content) : withoutAlias(message, content);
  }

  private static Answer withoutAlias(WireMessage message, Content.Message content) {
    if (message.rcode() == Rcode.NXDOMAIN) {
      return negative(Kind.NXDOMAIN, content);
    }
    return isReferral(message)
        ? new Answer.Failure(Answer.Failure.Unusable.REFERRAL, Optional.of(content))
        : negative(Kind.NODATA, content);
  }

  /** RFC 2308 section 2.2: NS records and no SOA in the authority section, and no authority. */
  private static boolean isReferral(WireMessage message) {
    boolean ns = false;
    boolean soa = false;
    for (int i = message.answers(); i < message.additionals(); i++) {
      ns |= message.type(i) == Type.NS;
      soa |= message.type(i) == Type.SOA;
    }
    return ns && !soa && (message.flags() & Header.AUTHORITATIVE) == 0;
  }

  private static Answer negative(Kind kind, Content.Message content) {
    return new Answer.Negative(kind, Optional.of(content));
  }
}
