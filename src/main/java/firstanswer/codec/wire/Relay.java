package firstanswer.codec.wire;

import firstanswer.dns.Edns;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Passes a server's message on to a client, byte for byte but for the id, the case of the question,
 * and the OPT record, which is between neighbours (RFC 6891 section 6.1.1): the client gets one of
 * ours if it has sent one, with the server's flags, extended RCODE and options for the far end.
 *
 * <p>An OPT record with other records behind it goes, too, unless a name in them may be pointed to:
 * then it stays where it is, and only its size becomes ours.
 */
final class Relay {
  private static final int POINTER = 0xc000;

  private Relay() {}

  /** {@code message} answers the question of {@code query}, and repeats it. */
  static byte[] write(DnsQuery query, Optional<Edns> clientEdns, WireMessage message) {
    byte[] response =
        message.hasOpt() && isPointedBehind(message)
            ? withOurSize(message)
            : withoutOpt(message, clientEdns.map(client -> edns(client, message)));
    Header.setWord(response, 0, query.id());
    System.arraycopy(
        query.bytes(), Header.LENGTH, response, Header.LENGTH, query.questionEnd() - Header.LENGTH);
    return response;
  }

  /**
   * Whether there may be a pointer, behind the OPT record, to something there, which would have to
   * change. Data that look like one count: which records have names is not known for all types.
   */
  private static boolean isPointedBehind(WireMessage message) {
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

  private static byte[] withOurSize(WireMessage message) {
    byte[] response = message.bytes().clone();
    Header.setWord(response, message.owner(message.opt()) + 3, UpstreamQuery.UDP_PAYLOAD);
    return response;
  }

  /** The message without its OPT record, if it has one, and with {@code ours} at its end. */
  private static byte[] withoutOpt(WireMessage message, Optional<Edns> ours) {
    byte[] bytes = message.bytes();
    int start = message.hasOpt() ? message.owner(message.opt()) : bytes.length;
    int end = message.hasOpt() ? message.dataEnd(message.opt()) : bytes.length;
    int optBytes = ours.map(edns -> UpstreamQuery.OPT_BYTES + edns.options().length).orElse(0);
    ByteBuffer response = ByteBuffer.allocate(start + bytes.length - end + optBytes);
    response.put(bytes, 0, start).put(bytes, end, bytes.length - end);
    ours.ifPresent(edns -> UpstreamQuery.putOpt(response, message.extendedRcode(), edns));
    int others = Header.word(bytes, Header.ADDITIONALS_AT) - (message.hasOpt() ? 1 : 0);
    byte[] relayed = response.array();
    Header.setWord(relayed, Header.ADDITIONALS_AT, others + (ours.isPresent() ? 1 : 0));
    return relayed;
  }

  private static Edns edns(Edns client, WireMessage message) {
    return message.hasOpt()
        ? message.edns().orElseGet(() -> new Edns(0, new byte[0]))
        : new Edns(client.flags() & ResponseWriter.DNSSEC_OK, new byte[0]);
  }
}
