package firstanswer.testing.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The DNS messages that attackers send. */
public final class Messages {
  private static final int HEADER_BYTES = 12;
  private static final int LONGEST_LABEL = 63;

  /** Three labels of 63 bytes and one of 61: the longest name, 255 bytes. */
  private static final int[] LONGEST_NAME = {63, 63, 63, 61};

  private Messages() {}

  /** A query for {@code type} at {@code name}, which ends in a dot. */
  public static Message query(String name, int type) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
  }

  /** Type ANY, broken names, wrong EDNS, and other opcodes than QUERY. */
  public static List<byte[]> refused() throws IOException {
    List<byte[]> messages = new ArrayList<>();
    messages.add(query("www.example.", Type.ANY).toWire());
    messages.add(query("www.example.", Type.AXFR).toWire());
    byte[] good = query("www.example.", Type.A).toWire();
    for (int length = 0; length < good.length; length += 5) {
      messages.add(Arrays.copyOf(good, length));
    }
    byte[] pointsToItself = good.clone();
    pointsToItself[HEADER_BYTES] = (byte) 0xc0;
    pointsToItself[HEADER_BYTES + 1] = HEADER_BYTES;
    messages.add(pointsToItself);
    for (int opts = 1; opts <= 2; opts++) {
      Message edns = query("www.example.", Type.A);
      for (int i = 0; i < opts; i++) {
        edns.addRecord(new OPTRecord(1232, 0, 2 - opts), Section.ADDITIONAL);
      }
      messages.add(edns.toWire());
    }
    for (int opcode : new int[] {Opcode.IQUERY, Opcode.STATUS, Opcode.NOTIFY, Opcode.UPDATE, 15}) {
      Message other = query("www.example.", Type.A);
      other.getHeader().setOpcode(opcode);
      messages.add(other.toWire());
    }
    return messages;
  }

  /** Queries for long names of bytes that no text can show as they are. */
  public static List<byte[]> unprintable(int queries) {
    return IntStream.range(0, queries).mapToObj(Messages::unprintableQuery).toList();
  }

  private static byte[] unprintableQuery(int number) {
    ByteBuffer query = ByteBuffer.allocate(HEADER_BYTES + 255 + 4);
    query.putShort((short) 0).putShort((short) 0x0100).putShort((short) 1).position(HEADER_BYTES);
    for (int length : LONGEST_NAME) {
      byte[] label = new byte[length];
      Arrays.fill(label, (byte) 0xff);
      label[0] = length == LONGEST_LABEL ? label[0] : (byte) number;
      query.put((byte) length).put(label);
    }
    return query.put((byte) 0).putShort((short) Type.A).putShort((short) DClass.IN).array();
  }

  /** For TCP: a query, so many times. */
  public static byte[] repeated(Message query, int times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      bytes.writeBytes(framed(query.toWire()));
    }
    return bytes.toByteArray();
  }

  /** For TCP: responses instead of queries. */
  public static byte[] responses() throws IOException {
    Message response = query("www.example.", Type.A);
    response.getHeader().setFlag(Flags.QR);
    return repeated(response, 10);
  }

  /** For TCP: messages of no bytes. */
  public static byte[] empty() {
    return new byte[200];
  }

  private static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }
}
