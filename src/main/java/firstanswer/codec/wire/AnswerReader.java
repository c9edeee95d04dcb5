package firstanswer.codec.wire;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative.Kind;
import firstanswer.dns.Content;
import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import firstanswer.dns.message.WireName;
import java.util.Optional;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Reads the parts of a name server's response that decide which answer wins.
 *
 * <p>A response is positive if it holds a record of the type asked for, at the name asked for or at
 * the end of the CNAME chain that starts there. It is negative by the rules of RFC 2308 section 2.
 * A referral is a failure, since the server leaves the answer to other servers.
 */
public final class AnswerReader {
  private static final Answer UNREADABLE = Answer.Failure.UNREADABLE;

  private AnswerReader() {}

  /** The id of {@code response}, 0 to 65,535; empty if the response is too short for a header. */
  public static Optional<Integer> id(byte[] response) {
    return response.length < Header.LENGTH
        ? Optional.empty()
        : Optional.of(Header.word(response, Header.ID_AT));
  }

  /**
   * Reads {@code response}. The result keeps its bytes, so nobody may change them. Empty if the
   * bytes are too short for a header, are no response, or lack the query's question (RFC 5452
   * section 9.1). Only a response that rejects EDNS may lack the question. The caller compares the
   * ids.
   *
   * @param query a query of ours, in wire format
   */
  public static Optional<UpstreamResponse> read(byte[] query, byte[] response) {
    if (response.length < Header.LENGTH || !isResponse(response)) {
      return Optional.empty();
    }
    Optional<Content.Message> message = Content.Message.read(response);
    int questionEnd =
        message
            .map(scanned -> scanned.wire().questionEnd())
            .orElseGet(() -> WireMessage.questionEnd(response));
    boolean rejectsEdns = rejectsEdns(query, response, message);
    boolean headerOnly = Header.word(response, Header.QUESTIONS_AT) == 0 || questionEnd < 0;
    if (headerOnly ? !rejectsEdns : asksOtherwise(query, response, questionEnd)) {
      return Optional.empty();
    }
    return Optional.of(
        new UpstreamResponse(
            message.map(AnswerReader::answer).orElse(UNREADABLE),
            hasFlag(response, Header.TRUNCATED),
            rejectsEdns,
            hasFlag(response, Header.RECURSION_AVAILABLE)));
  }

  private static boolean hasFlag(byte[] response, int flag) {
    return (Header.word(response, Header.FLAGS_AT) & flag) != 0;
  }

  private static boolean isResponse(byte[] response) {
    int flags = Header.word(response, Header.FLAGS_AT);
    return (flags & (Header.RESPONSE | Header.OPCODE_MASK)) == Header.RESPONSE;
  }

  /** Whether the response's question, which ends at {@code end}, differs from the query's. */
  private static boolean asksOtherwise(byte[] query, byte[] response, int end) {
    int queryEnd = WireMessage.questionEnd(query);
    // The last four bytes of a question are its QTYPE and its QCLASS.
    return Header.word(response, end - 4) != Header.word(query, queryEnd - 4)
        || Header.word(response, end - 2) != Header.word(query, queryEnd - 2)
        || !WireName.same(response, Header.LENGTH, query, Header.LENGTH);
  }

  /**
   * See {@link UpstreamResponse#rejectsEdns}. Some servers without EDNS send back only the header,
   * with its counts, so the response need not be readable.
   */
  private static boolean rejectsEdns(
      byte[] query, byte[] response, Optional<Content.Message> message) {
    int rcode = Header.word(response, Header.FLAGS_AT) & Header.RCODE_MASK;
    return Header.word(query, Header.ADDITIONALS_AT) > 0
        && (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP)
        && message.filter(scanned -> scanned.wire().hasOpt()).isEmpty();
  }

  private static Answer answer(Content.Message content) {
    WireMessage message = content.wire();
    int rcode = message.rcode();
    return saysFailure(rcode) ? failure(rcode, content) : found(content);
  }

  private static boolean saysFailure(int rcode) {
    return rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN;
  }

  private static Answer failure(int rcode, Content.Message content) {
    return new Answer.Failure(new Answer.Failure.ByRcode(rcode), Optional.of(content));
  }

  private static Answer found(Content.Message content) {
    WireMessage message = content.wire();
    AliasChain chain = new AliasChain(message);
    if (chain.isBroken()) {
      return UNREADABLE;
    }
    if (chain.hasRecord() && message.rcode() == Rcode.NOERROR) {
      return new Answer.Positive(content);
    }
    return chain.hasAliases() ? negative(Kind.ALIAS, content) : withoutAlias(content);
  }

  private static Answer withoutAlias(Content.Message content) {
    WireMessage message = content.wire();
    if (message.rcode() == Rcode.NXDOMAIN) {
      return negative(Kind.NXDOMAIN, content);
    }
    return isReferral(message)
        ? new Answer.Failure(Answer.Failure.Unusable.REFERRAL, Optional.of(content))
        : negative(Kind.NODATA, content);
  }

  /** RFC 2308 section 2.2: NS and no SOA in the authority section, from a server without AA. */
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
