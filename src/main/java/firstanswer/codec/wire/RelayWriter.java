package firstanswer.codec.wire;

import firstanswer.dns.Edns;
import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.xbill.DNS.Type;

/**
 * Writes a server's message for a client. Only these parts change: the id, the case of the
 * question, the OPT record, which is hop-by-hop (RFC 6891 section 6.1.1), and the TTLs of a "no"
 * that lacks the word of a server. A client that has sent an OPT record gets one of ours, with the
 * server's flags, extended RCODE and end-to-end options.
 *
 * <p>Records after the server's OPT record move to its place, and our OPT record comes last. These
 * records cannot move if a compressed name may point to one of them. The response then leaves them
 * out, as it may do with additional records (RFC 2181 section 9).
 */
final class RelayWriter {
  /** The two highest bits of 16 mark a pointer (RFC 1035 section 4.1.4). */
  private static final int POINTER = 0xc000;

  private RelayWriter() {}

  /**
   * The response to {@code query}; {@code message} has the question of the query.
   *
   * @param options further EDNS options, for a client with EDNS
   * @param maxTtlSeconds replaces every longer TTL
   */
  static byte[] write(ClientQuery query, WireMessage message, byte[] options, int maxTtlSeconds) {
    Optional<Edns> edns = query.edns().map(client -> ours(client, message, options));
    byte[] response = withOurOpt(message, capped(message, maxTtlSeconds), edns);
    Header.setWord(response, Header.ID_AT, query.id());
    System.arraycopy(
        query.bytes(), Header.LENGTH, response, Header.LENGTH, query.questionEnd() - Header.LENGTH);
    return response;
  }

  /**
   * Whether the bytes behind the OPT record may hold a pointer to one of these bytes, which would
   * have to change. All bytes that look like such a pointer count, because not all types of records
   * with names are known.
   */
  private static boolean mayPointBehindOpt(WireMessage message) {
    byte[] bytes = message.bytes();
    int start = message.owner(message.opt());
    for (int at = message.dataEnd(message.opt()); at + 1 < bytes.length; at++) {
      int word = Header.word(bytes, at);
      if (word >= POINTER && word - POINTER >= start && word - POINTER < at) {
        return true;
      }
    }
    return false;
  }

  /** The bytes of the message, in which no TTL is longer than {@code maxTtlSeconds}. */
  private static byte[] capped(WireMessage message, int maxTtlSeconds) {
    if (maxTtlSeconds == Integer.MAX_VALUE) {
      return message.bytes();
    }
    ByteBuffer bytes = ByteBuffer.wrap(message.bytes().clone());
    for (int record = 0; record < message.records(); record++) {
      int at = message.ttl(record);
      if (message.type(record) != Type.OPT && bytes.getInt(at) > maxTtlSeconds) {
        bytes.putInt(at, maxTtlSeconds);
      }
    }
    return bytes.array();
  }

  /** The message without its OPT record, if it has one, and with {@code ours} at its end. */
  private static byte[] withOurOpt(WireMessage message, byte[] bytes, Optional<Edns> ours) {
    boolean cut = message.hasOpt() && mayPointBehindOpt(message);
    int start = message.hasOpt() ? message.owner(message.opt()) : bytes.length;
    int end = message.hasOpt() && !cut ? message.dataEnd(message.opt()) : bytes.length;
    int optBytes = ours.map(OptRecord::bytes).orElse(0);
    ByteBuffer response = ByteBuffer.allocate(start + bytes.length - end + optBytes);
    response.put(bytes, 0, start).put(bytes, end, bytes.length - end);
    ours.ifPresent(edns -> OptRecord.put(response, message.extendedRcode(), edns));
    int all = cut ? message.opt() + 1 : message.records();
    int others = all - message.additionals() - (message.hasOpt() ? 1 : 0);
    byte[] relayed = response.array();
    Header.setWord(relayed, Header.ADDITIONALS_AT, others + (ours.isPresent() ? 1 : 0));
    return relayed;
  }

  /**
   * The server's EDNS or, if the server sent none, the DO flag of the client; and {@code options}.
   */
  private static Edns ours(Edns client, WireMessage message, byte[] options) {
    if (!message.hasOpt()) {
      return new Edns(client.flags() & Edns.DNSSEC_OK, options);
    }
    return EdnsOptions.endToEnd(message)
        .map(server -> server.withOptions(options))
        .orElseGet(() -> new Edns(0, options));
  }
}
