package firstanswer.codec.wire;

import firstanswer.dns.Edns;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Passes a server's message on to a client, byte for byte but for the id, the case of the question,
 * and the OPT record, which is between neighbours (RFC 6891 section 6.1.1): the client gets one of
 * ours if it has sent one, with the server's flags, extended RCODE and options for the far end.
 *
 * <p>An OPT record that is not the last of all stays where it is, since names behind it may be
 * pointed to; only its size becomes ours.
 */
final class Relay {
  private Relay() {}

  /** {@code message} answers the question of {@code query}, and repeats it. */
  static byte[] write(Query query, Optional<Edns> clientEdns, WireMessage message) {
    boolean optLast = message.hasOpt() && message.opt() == message.records() - 1;
    int end = optLast ? message.owner(message.opt()) : message.bytes().length;
    Optional<Edns> ours =
        optLast || !message.hasOpt()
            ? clientEdns.map(client -> edns(client, message))
            : Optional.empty();
    int optBytes = ours.map(edns -> UpstreamQuery.OPT_BYTES + edns.options().length).orElse(0);
    ByteBuffer response = ByteBuffer.allocate(end + optBytes).put(message.bytes(), 0, end);
    ours.ifPresent(edns -> UpstreamQuery.putOpt(response, message.extendedRcode(), edns));
    byte[] bytes = response.array();
    int additionals = Header.word(bytes, Header.ADDITIONALS_AT);
    Header.setWord(
        bytes, Header.ADDITIONALS_AT, additionals - (optLast ? 1 : 0) + (ours.isPresent() ? 1 : 0));
    if (message.hasOpt() && !optLast) {
      Header.setWord(bytes, message.owner(message.opt()) + 3, UpstreamQuery.UDP_PAYLOAD);
    }
    Header.setWord(bytes, 0, query.id());
    System.arraycopy(
        query.bytes(), Header.LENGTH, bytes, Header.LENGTH, query.questionEnd() - Header.LENGTH);
    return bytes;
  }

  private static Edns edns(Edns client, WireMessage message) {
    return message.hasOpt()
        ? message.edns().orElseGet(() -> new Edns(0, new byte[0]))
        : new Edns(client.flags() & ResponseWriter.DNSSEC_OK, new byte[0]);
  }
}
