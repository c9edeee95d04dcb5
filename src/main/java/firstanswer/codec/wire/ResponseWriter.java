package firstanswer.codec.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.Edns;
import firstanswer.dns.Ipv4;
import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Writes the responses to clients. {@link RelayWriter} relays a server's message; this class makes
 * all other responses.
 */
public final class ResponseWriter {
  /**
   * The longest response over TCP, in bytes: the length field has 16 bits (RFC 1035 section 4.2.2).
   */
  public static final int MAX_BYTES = 0xffff;

  /** The TTL of an answer of the text protocol, which has no TTLs. */
  private static final int TEXT_TTL_SECONDS = 60;

  /** The data of the HINFO record of RFC 8482 section 4.2: two strings, the second empty. */
  private static final byte[] RFC_8482_DATA = "\7RFC8482\0".getBytes(US_ASCII);

  /** RFC 8482 section 4.2 leaves the TTL to us: an hour keeps clients from asking again soon. */
  private static final int RFC_8482_TTL_SECONDS = 3600;

  /** A pointer to the name of the question (RFC 1035 section 4.1.4). */
  private static final short QUESTION_NAME = (short) (0xc000 | Header.LENGTH);

  /** The length of a pointer, type, class, TTL and data length (RFC 1035 section 4.1.3). */
  private static final int FIXED_RECORD_BYTES = 12;

  /**
   * The flags that a response copies from its query: RD (RFC 1035 section 4.1.1) and CD (RFC 4035
   * section 3.1.6).
   */
  private static final int COPIED = Header.RECURSION_DESIRED | Header.CHECKING_DISABLED;

  /**
   * The flags of the responses that we make. RA is set, because glibc takes an empty response
   * without RA and AA, even a truncated one, for a referral of a lame server, and asks another
   * server.
   */
  private static final int OURS = Header.RESPONSE | Header.RECURSION_AVAILABLE;

  /** A TTL that no record exceeds: the highest bit of a TTL is 0 (RFC 2181 section 8). */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final byte[] NOTHING = {};

  /** The bytes between fields of the text protocol: blanks and control characters. */
  private static final String BLANKS = "[\\x00-\\x20]+";

  private ResponseWriter() {}

  /** The most bytes of a response to {@code query} over UDP: 512 to 1,232. */
  public static int maxUdpBytes(ClientQuery query) {
    return Math.min(query.udpPayload(), OptRecord.UDP_PAYLOAD);
  }

  /**
   * The response with {@code answer}. A response of more than {@code maxBytes} is replaced by an
   * empty, truncated one, so that the client asks again over TCP.
   *
   * @param error the reason for a "no" or a failure of ours, for clients with EDNS
   * @param maxTtlSeconds the longest TTL of a "no" that is relayed
   * @throws RuntimeException if a line of the text protocol holds no address
   */
  public static byte[] write(
      ClientQuery query,
      Answer answer,
      Optional<ExtendedError> error,
      int maxTtlSeconds,
      int maxBytes) {
    byte[] options = error.map(ExtendedError::option).orElse(NOTHING);
    byte[] response = write(query, answer, options, maxTtlSeconds);
    return response.length <= maxBytes ? response : cut(query, response);
  }

  /** Keeps the flags and the RCODE of the response, which is too long, and sets TC. */
  private static byte[] cut(ClientQuery query, byte[] response) {
    byte[] cut = truncated(query);
    int flags = Header.word(response, Header.FLAGS_AT);
    Header.setWord(cut, Header.FLAGS_AT, flags | Header.TRUNCATED);
    return cut;
  }

  /** REFUSED, for a client that may not ask. */
  public static byte[] refused(ClientQuery query) {
    return assemble(query, Rcode.REFUSED, NOTHING, ExtendedError.prohibited().option());
  }

  /** REFUSED, for a client that asks too much. */
  public static byte[] busy(ClientQuery query) {
    return assemble(query, Rcode.REFUSED, NOTHING, ExtendedError.busy().option());
  }

  /** REFUSED, for a client that has signed its query: we cannot sign the response. */
  public static byte[] notSigned(ClientQuery query) {
    return assemble(query, Rcode.REFUSED, NOTHING, ExtendedError.notSigned().option());
  }

  /** An empty, truncated response, so that the client asks again over TCP. */
  public static byte[] truncated(ClientQuery query) {
    byte[] response = empty(query, Rcode.NOERROR);
    int flags = Header.word(response, Header.FLAGS_AT);
    Header.setWord(response, Header.FLAGS_AT, flags | Header.TRUNCATED);
    return response;
  }

  private static byte[] write(ClientQuery query, Answer answer, byte[] options, int maxTtlSeconds) {
    if (answer instanceof Answer.Positive positive) {
      return positive.content() instanceof Content.Message message
          ? relay(query, message.wire(), NOTHING, UNLIMITED)
          : address(query, ((Content.Line) positive.content()).text());
    }
    if (answer instanceof Answer.Negative negative) {
      int rcode = negative.kind() == Answer.Negative.Kind.NXDOMAIN ? Rcode.NXDOMAIN : Rcode.NOERROR;
      return negative
          .message()
          .map(message -> relay(query, message.wire(), options, maxTtlSeconds))
          .orElseGet(() -> assemble(query, rcode, NOTHING, options));
    }
    return answer instanceof Answer.Failure failure && failure.message().isPresent()
        ? relay(query, failure.message().get().wire(), NOTHING, UNLIMITED)
        : assemble(query, Rcode.SERVFAIL, NOTHING, options);
  }

  /**
   * Relays a server's message. Without EDNS, a response has no room for an RCODE of more than 4
   * bits; SERVFAIL takes its place.
   */
  private static byte[] relay(
      ClientQuery query, WireMessage message, byte[] options, int maxTtlSeconds) {
    if (message.extendedRcode() != 0 && query.edns().isEmpty()) {
      return empty(query, Rcode.SERVFAIL);
    }
    return RelayWriter.write(query, message, options, maxTtlSeconds);
  }

  /** A response with an A record for the line {@code Name IPaddress A IN} of the text protocol. */
  private static byte[] address(ClientQuery query, String line) {
    byte[] address = Ipv4.toBytes(line.split(BLANKS, 3)[1]);
    return assemble(query, Rcode.NOERROR, record(Type.A, TEXT_TTL_SECONDS, address), NOTHING);
  }

  /** The small answer to a query for ANY (RFC 8482 section 4.2): one HINFO record. */
  public static byte[] minimalAny(ClientQuery query) {
    byte[] answer = record(Type.HINFO, RFC_8482_TTL_SECONDS, RFC_8482_DATA);
    return assemble(query, Rcode.NOERROR, answer, NOTHING);
  }

  /** A record at the name of the question. */
  private static byte[] record(int type, int ttlSeconds, byte[] data) {
    ByteBuffer record = ByteBuffer.allocate(FIXED_RECORD_BYTES + data.length);
    record.putShort(QUESTION_NAME).putShort((short) type).putShort((short) DClass.IN);
    return record.putInt(ttlSeconds).putShort((short) data.length).put(data).array();
  }

  /**
   * A response with the question and no records.
   *
   * @param rcode up to 4 bits, or up to 12 for a client with EDNS (IANA: DNS RCODEs)
   */
  public static byte[] empty(ClientQuery query, int rcode) {
    return assemble(query, rcode, NOTHING, NOTHING);
  }

  /**
   * A response of a header only, to a query of which we have read no more.
   *
   * @param id of the query
   * @param flags of the query; the response copies its OPCODE, RD and CD
   * @param rcode of 4 bits (IANA: DNS RCODEs)
   */
  public static byte[] headerOnly(int id, int flags, int rcode) {
    byte[] response = new byte[Header.LENGTH];
    Header.setWord(response, Header.ID_AT, id);
    int copied = flags & (Header.OPCODE_MASK | COPIED);
    Header.setWord(response, Header.FLAGS_AT, Header.RESPONSE | copied | rcode);
    return response;
  }

  /**
   * Makes a response with {@code answer}, one record or none. Clients without EDNS get no {@code
   * options}.
   */
  private static byte[] assemble(ClientQuery query, int rcode, byte[] answer, byte[] options) {
    Optional<Edns> edns =
        query.edns().map(client -> new Edns(client.flags() & Edns.DNSSEC_OK, options));
    int optBytes = edns.map(OptRecord::bytes).orElse(0);
    ByteBuffer response = ByteBuffer.allocate(query.questionEnd() + answer.length + optBytes);
    int flags = OURS | (query.flags() & COPIED) | (rcode & Header.RCODE_MASK);
    response.putShort((short) query.id()).putShort((short) flags);
    response.putShort((short) 1).putShort((short) Math.min(1, answer.length));
    response.putShort((short) 0).putShort((short) Math.min(1, optBytes));
    response.put(query.bytes(), Header.LENGTH, query.questionEnd() - Header.LENGTH).put(answer);
    edns.ifPresent(ours -> OptRecord.put(response, rcode >> 4, ours));
    return response.array();
  }
}
