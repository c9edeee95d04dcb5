package firstanswer.codec.wire;

import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** Queries to name servers. */
public final class UpstreamQuery {
  /** The OPT record without its options: the root, and the fixed part of a record. */
  static final int OPT_BYTES = 11;

  /**
   * What we take over UDP, in bytes, from servers and from clients: what goes through nearly every
   * network in one piece (RFC 9715 section 3.2).
   */
  static final int UDP_PAYLOAD = 1232;

  private static final Manner.Dns OF_TEXT =
      new Manner.Dns(Header.RECURSION_DESIRED, Optional.empty());

  private UpstreamQuery() {}

  /**
   * The query for {@code question}. It has EDNS if the client's has: then the answer is one that
   * the client can take.
   *
   * @param id 0 to 65,535
   */
  public static byte[] write(Question question, int id) {
    Manner.Dns manner = question.manner() instanceof Manner.Dns dns ? dns : OF_TEXT;
    byte[] name = question.name().toWire();
    int optBytes = manner.edns().map(edns -> OPT_BYTES + edns.options().length).orElse(0);
    ByteBuffer query = ByteBuffer.allocate(Header.LENGTH + name.length + 4 + optBytes);
    query.putShort((short) id).putShort((short) manner.flags());
    query.putShort((short) 1).putInt(0).putShort((short) (optBytes == 0 ? 0 : 1));
    query.put(name).putShort((short) question.type()).putShort((short) DClass.IN);
    manner.edns().ifPresent(edns -> putOpt(query, 0, edns));
    return query.array();
  }

  /** The same query with another id. */
  public static byte[] withId(byte[] query, int id) {
    byte[] copy = query.clone();
    Header.setWord(copy, 0, id);
    return copy;
  }

  /** The same query without EDNS, its OPT record being all that is behind the question. */
  public static byte[] withoutEdns(byte[] query) {
    byte[] plain = Arrays.copyOf(query, WireMessage.questionEnd(query));
    Header.setWord(plain, Header.ADDITIONALS_AT, 0);
    return plain;
  }

  /** Appends an OPT record of ours (RFC 6891 section 6.1.2). */
  static void putOpt(ByteBuffer message, int extendedRcode, Edns edns) {
    message.put((byte) 0).putShort((short) Type.OPT).putShort((short) UDP_PAYLOAD);
    message.put((byte) extendedRcode).put((byte) 0).putShort((short) edns.flags());
    message.putShort((short) edns.options().length).put(edns.options());
  }
}
