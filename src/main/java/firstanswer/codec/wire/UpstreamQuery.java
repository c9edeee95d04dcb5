package firstanswer.codec.wire;

import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.DClass;

/** Writes the queries to name servers. */
public final class UpstreamQuery {
  /** The length of QTYPE and QCLASS (RFC 1035 section 4.1.2). */
  private static final int FIXED_QUESTION_BYTES = 4;

  private static final Manner.Dns OF_TEXT =
      new Manner.Dns(Header.RECURSION_DESIRED, Optional.empty());

  private UpstreamQuery() {}

  /**
   * The query for {@code question}. It has EDNS if the client's query has EDNS, so that the client
   * can take the answer.
   *
   * @param id 0 to 65,535
   */
  public static byte[] write(Question question, int id) {
    Manner.Dns manner = question.manner() instanceof Manner.Dns dns ? dns : OF_TEXT;
    byte[] name = question.name().toWire();
    int optBytes = manner.edns().map(OptRecord::bytes).orElse(0);
    ByteBuffer query =
        ByteBuffer.allocate(Header.LENGTH + name.length + FIXED_QUESTION_BYTES + optBytes);
    query.putShort((short) id).putShort((short) manner.flags());
    query.putShort((short) 1).putInt(0).putShort((short) Math.min(1, optBytes));
    query.put(name).putShort((short) question.type()).putShort((short) DClass.IN);
    manner.edns().ifPresent(edns -> OptRecord.put(query, 0, edns));
    return query.array();
  }

  /** A copy of {@code query} with another id, 0 to 65,535. */
  public static byte[] withId(byte[] query, int id) {
    byte[] copy = query.clone();
    Header.setWord(copy, Header.ID_AT, id);
    return copy;
  }

  /** A copy of {@code query} without its OPT record, the only record that our queries have. */
  public static byte[] withoutEdns(byte[] query) {
    byte[] plain = Arrays.copyOf(query, WireMessage.questionEnd(query));
    Header.setWord(plain, Header.ADDITIONALS_AT, 0);
    return plain;
  }
}
