package firstanswer.codec.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.Edns;
import firstanswer.dns.Ipv4;
import firstanswer.dns.Manner;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Writes the responses that clients get. What a server has said is passed on byte for byte but for
 * what is between neighbours: the id, the case in which the client wrote the question, and the
 * neighbours' part of EDNS.
 */
public final class ResponseWriter {
  /** The longest response over TCP, in bytes (RFC 1035 section 4.2.2). */
  public static final int MAX_BYTES = 0xffff;

  /** How long a client may keep an answer of the text protocol, which has no such time. */
  private static final int TEXT_TTL_SECONDS = 60;

  /** The data of the HINFO record of RFC 8482 section 4.2: two texts, the second empty. */
  private static final byte[] ANY_REFUSED = "\7RFC8482\0".getBytes(US_ASCII);

  private static final int ANY_TTL_SECONDS = 3600;

  /** A pointer to the name of the question. */
  private static final short QUESTION_NAME = (short) (0xc000 | Header.LENGTH);

  /**
   * What a response repeats of the query's flags (RFC 1035 section 4.1.1, RFC 4035 section 3.1.6).
   */
  private static final int REPEATED = Header.RECURSION_DESIRED | Header.CHECKING_DISABLED;

  /**
   * What our responses say. RA, since glibc takes an empty response without RA, AA and records for
   * a referral of a lame server, even a truncated one, and asks elsewhere.
   */
  private static final int OURS = Header.RESPONSE | Header.RECURSION_AVAILABLE;

  /** DO, which a response repeats (RFC 3225 section 3). */
  static final int DNSSEC_OK = 0x8000;

  /** With it, the longest question and all else, a response has less than 512 bytes. */
  private static final int MAX_EXTRA_TEXT_BYTES = 200;

  /** What stands between the fields of the text protocol, which takes any control character. */
  private static final String BLANKS = "[\\x00-\\x20]+";

  private static final byte[] NOTHING = {};

  private ResponseWriter() {}

  /** How many bytes a response to {@code query} may have over UDP. */
  public static int maxUdpBytes(DnsQuery query) {
    return Math.min(query.udpPayload(), UpstreamQuery.UDP_PAYLOAD);
  }

  /**
   * The response that tells {@code answer}; if it would have more than {@code maxBytes}, an empty
   * one that sends the client to TCP.
   *
   * @param error what people are told beside the answer, if the client has EDNS
   */
  public static byte[] write(
      DnsQuery query, Answer answer, Optional<ExtendedError> error, int maxBytes) {
    byte[] response = write(query, answer, error);
    return response.length <= maxBytes ? response : cut(query, response);
  }

  /** With the header of the response that is too long, and so the RCODE and flags of its server. */
  private static byte[] cut(DnsQuery query, byte[] response) {
    byte[] cut = truncated(query);
    int flags = Header.word(response, Header.FLAGS_AT);
    Header.setWord(cut, Header.FLAGS_AT, flags | Header.TRUNCATED);
    return cut;
  }

  /** To a client that may not ask. */
  public static byte[] refused(DnsQuery query) {
    return assemble(query, 0, Rcode.REFUSED, NOTHING, option(ExtendedError.prohibited()));
  }

  /** To a client that asks too much. */
  public static byte[] busy(DnsQuery query) {
    return assemble(query, 0, Rcode.REFUSED, NOTHING, option(ExtendedError.busy()));
  }

  /** An empty response that sends the client to TCP. */
  public static byte[] truncated(DnsQuery query) {
    return assemble(query, Header.TRUNCATED, Rcode.NOERROR, NOTHING, NOTHING);
  }

  private static byte[] write(DnsQuery query, Answer answer, Optional<ExtendedError> error) {
    if (answer instanceof Answer.Positive positive) {
      return positive.content() instanceof Content.Message message
          ? relay(query, message.bytes())
          : address(query, ((Content.Line) positive.content()).text());
    }
    if (answer instanceof Answer.Negative negative) {
      int rcode = negative.kind() == Answer.Negative.Kind.NXDOMAIN ? Rcode.NXDOMAIN : Rcode.NOERROR;
      byte[] response = relayOr(query, negative.message(), () -> empty(query, rcode));
      return error.map(e -> withOption(response, option(e))).orElse(response);
    }
    return answer instanceof Answer.Failure failure
        ? relayOr(query, failure.message(), () -> serverFailure(query, error))
        : serverFailure(query, error);
  }

  private static byte[] relayOr(
      DnsQuery query, Optional<Content.Message> message, Supplier<byte[]> otherwise) {
    return message.map(m -> relay(query, m.bytes())).orElseGet(otherwise);
  }

  /**
   * Passes a server's message on. Only a server that repeats the question can have said anything
   * beside its RCODE. What a client without EDNS cannot be told is a failure.
   */
  private static byte[] relay(DnsQuery query, byte[] bytes) {
    WireMessage message = WireMessage.read(bytes).orElseThrow();
    if (message.extendedRcode() != 0 && edns(query).isEmpty()) {
      return empty(query, Rcode.SERVFAIL);
    }
    return message.hasQuestion()
        ? Relay.write(query, edns(query), message)
        : empty(query, message.rcode());
  }

  /** A line of the text protocol, {@code Name IPaddress A IN}, as an address record. */
  private static byte[] address(DnsQuery query, String line) {
    byte[] address = Ipv4.toBytes(line.split(BLANKS, 3)[1]);
    byte[] answer = record(Type.A, TEXT_TTL_SECONDS, address);
    return assemble(query, 0, Rcode.NOERROR, answer, NOTHING);
  }

  /** To the type ANY: that there is no answer to it (RFC 8482 section 4.2). */
  static byte[] minimalAny(DnsQuery query) {
    byte[] answer = record(Type.HINFO, ANY_TTL_SECONDS, ANY_REFUSED);
    return assemble(query, 0, Rcode.NOERROR, answer, NOTHING);
  }

  /** A record at the name of the question. */
  private static byte[] record(int type, int ttlSeconds, byte[] data) {
    ByteBuffer record = ByteBuffer.allocate(12 + data.length);
    record.putShort(QUESTION_NAME).putShort((short) type).putShort((short) DClass.IN);
    return record.putInt(ttlSeconds).putShort((short) data.length).put(data).array();
  }

  private static byte[] serverFailure(DnsQuery query, Optional<ExtendedError> error) {
    byte[] options = error.map(ResponseWriter::option).orElse(NOTHING);
    return assemble(query, 0, Rcode.SERVFAIL, NOTHING, options);
  }

  private static byte[] option(ExtendedError error) {
    byte[] text = error.text().getBytes(US_ASCII);
    return EdnsOptions.extendedError(
        error.infoCode(), Arrays.copyOf(text, Math.min(text.length, MAX_EXTRA_TEXT_BYTES)));
  }

  /** Adds an option to a response whose last record is its OPT record. */
  private static byte[] withOption(byte[] response, byte[] option) {
    return WireMessage.read(response)
        .filter(message -> message.hasOpt() && message.opt() == message.records() - 1)
        .map(message -> withOption(message, option))
        .orElse(response);
  }

  /** The message, whose last record is the OPT record, with one option more. */
  private static byte[] withOption(WireMessage message, byte[] option) {
    byte[] bytes = message.bytes();
    byte[] more = Arrays.copyOf(bytes, bytes.length + option.length);
    System.arraycopy(option, 0, more, bytes.length, option.length);
    int lengthAt = message.data(message.opt()) - 2;
    Header.setWord(more, lengthAt, Header.word(bytes, lengthAt) + option.length);
    return more;
  }

  /** A response without records; {@code rcode} may have 12 bits if the client has EDNS. */
  static byte[] empty(DnsQuery query, int rcode) {
    return assemble(query, 0, rcode, NOTHING, NOTHING);
  }

  /** To what cannot be read further than its header, or is not understood: no question either. */
  static byte[] headerOnly(byte[] query, int rcode) {
    int repeated = Header.word(query, Header.FLAGS_AT) & (Header.OPCODE_MASK | REPEATED);
    ByteBuffer response = ByteBuffer.allocate(Header.LENGTH);
    response.put(query, 0, Header.FLAGS_AT);
    return response.putShort((short) (Header.RESPONSE | repeated | rcode)).array();
  }

  /** {@code options} are said to clients with EDNS only. */
  private static byte[] assemble(
      DnsQuery query, int flags, int rcode, byte[] answer, byte[] options) {
    Optional<Edns> edns = edns(query).map(client -> new Edns(client.flags() & DNSSEC_OK, options));
    int optBytes = edns.isPresent() ? UpstreamQuery.OPT_BYTES + options.length : 0;
    ByteBuffer response = ByteBuffer.allocate(query.questionEnd() + answer.length + optBytes);
    int all = OURS | flags | (query.flags() & REPEATED) | (rcode & Header.RCODE_MASK);
    response.putShort((short) query.id()).putShort((short) all);
    response.putShort((short) 1).putShort((short) Math.min(1, answer.length));
    response.putShort((short) 0).putShort((short) Math.min(1, optBytes));
    response.put(query.bytes(), Header.LENGTH, query.questionEnd() - Header.LENGTH).put(answer);
    edns.ifPresent(ours -> UpstreamQuery.putOpt(response, rcode >> 4, ours));
    return response.array();
  }

  private static Optional<Edns> edns(DnsQuery query) {
    return ((Manner.Dns) query.question().manner()).edns();
  }
}
