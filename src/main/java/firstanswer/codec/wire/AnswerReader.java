package firstanswer.codec.wire;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative.Kind;
import firstanswer.dns.Content;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.DClass;
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
  /** Longer chains are loops, or mischief. */
  private static final int MAX_ALIASES = 32;

  private static final Answer UNREADABLE = new Answer.Failure("unreadable answer");

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
    return Optional.of(
        WireMessage.read(response).map(message -> answer(query, message)).orElse(UNREADABLE));
  }

  /** The id of {@code response}, if it is long enough to have one. */
  public static Optional<Integer> id(byte[] response) {
    return response.length < Header.LENGTH
        ? Optional.empty()
        : Optional.of(Header.word(response, 0));
  }

  /** Whether {@code response} was cut, so that the whole is to be had over TCP only. */
  public static boolean isTruncated(byte[] response) {
    return (Header.word(response, Header.FLAGS_AT) & Header.TRUNCATED) != 0;
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

  private static Answer answer(byte[] query, WireMessage message) {
    Content.Message content = new Content.Message(message.bytes());
    int rcode = message.rcode();
    if (!message.hasQuestion()) {
      return withoutQuestion(message, content);
    }
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return new Answer.Failure(word(rcode), Optional.of(content));
    }
    return new Chain(message, query).follow(rcode, content);
  }

  /**
   * Some servers refuse without repeating the question; what says more than that must repeat it.
   */
  private static Answer withoutQuestion(WireMessage message, Content.Message content) {
    int rcode = message.rcode();
    boolean refuses =
        rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN && message.additionals() == 0;
    return refuses ? new Answer.Failure(word(rcode), Optional.of(content)) : UNREADABLE;
  }

  private static String word(int rcode) {
    return Rcode.string(rcode).toUpperCase(Locale.ROOT);
  }

  /** The way from the name asked for through its aliases. */
  private static final class Chain {
    private final WireMessage message;
    private final byte[] nameBytes;
    private int name = Header.LENGTH;

    Chain(WireMessage message, byte[] query) {
      this.message = message;
      this.nameBytes = query;
    }

    Answer follow(int rcode, Content.Message content) {
      byte[] bytes = nameBytes;
      int aliases = 0;
      int record = find(bytes);
      while (record >= 0 && message.type(record) != message.questionType()) {
        bytes = message.bytes();
        name = message.data(record);
        aliases++;
        if (aliases > MAX_ALIASES || WireName.end(bytes, name) != message.dataEnd(record)) {
          return UNREADABLE;
        }
        record = find(bytes);
      }
      if (record >= 0 && rcode == Rcode.NOERROR) {
        return new Answer.Positive(content);
      }
      return aliases > 0 ? negative(Kind.ALIAS, content) : withoutAlias(rcode, content);
    }

    /** The record at the name that is of the type asked for, or else an alias; -1 if neither. */
    private int find(byte[] bytes) {
      int alias = -1;
      for (int i = 0; i < message.answers(); i++) {
        int type = message.type(i);
        boolean counts = type == message.questionType() || type == Type.CNAME;
        if (counts
            && message.recordClass(i) == DClass.IN
            && WireName.same(message.bytes(), message.owner(i), bytes, name)) {
          if (type == message.questionType()) {
            return i;
          }
          alias = i;
        }
      }
      return alias;
    }

    private Answer withoutAlias(int rcode, Content.Message content) {
      if (rcode == Rcode.NXDOMAIN) {
        return negative(Kind.NXDOMAIN, content);
      }
      return isReferral()
          ? new Answer.Failure("referral", Optional.of(content))
          : negative(Kind.NODATA, content);
    }

    /** RFC 2308 section 2.2: NS records and no SOA in the authority section, and no authority. */
    private boolean isReferral() {
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
}
