package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.message.Header;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** Reads messages of the greatest size that are made to be slow to read. */
class HostileMessageTest {
  /** A reading takes some milliseconds; before the reader had limits, it took seconds. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Message QUERY = Messages.query("a.", Type.A);
  private static final int POINTER = 0xc000;
  private static final int MAX_TARGET = 0x3fff;

  @Test
  void pointersInALongRowAreReadSoon() {
    ByteBuffer message = start();
    int chain = record(message, Header.LENGTH, Type.NULL, new byte[0]);
    int pointers = (MAX_TARGET - chain) / 2 - 40;
    byte[] data = new byte[2 * pointers];
    for (int i = 0; i < pointers; i++) {
      Header.setWord(data, 2 * i, POINTER | (i == 0 ? Header.LENGTH : chain + 2 * (i - 1)));
    }
    message.position(chain);
    message.putShort(chain - 2, (short) data.length).put(data);
    aliasesThatAllMatch(message, chain + 2 * (pointers - 1));
    assertReadSoon(finished(message));
  }

  @Test
  void aliasesWithTheLongestNamesAreReadSoon() {
    ByteBuffer message = start();
    for (int i = 0; i < 16; i++) {
      int owner = i == 0 ? Header.LENGTH : message.position() - 255;
      record(message, owner, Type.CNAME, longName(i));
    }
    int last = message.position() - 255;
    while (message.remaining() >= 12) {
      record(message, last, Type.CNAME, new byte[0]);
    }
    assertReadSoon(finished(message));
  }

  @Test
  void labelsOfOneByteAreReadSoon() {
    ByteBuffer message = start();
    byte[] name = new byte[255];
    for (int i = 0; i < 254; i += 2) {
      name[i] = 1;
    }
    int at = record(message, Header.LENGTH, Type.CNAME, name);
    while (message.remaining() >= 14) {
      byte[] back = ByteBuffer.allocate(2).putShort((short) (POINTER | at)).array();
      record(message, at, Type.CNAME, back);
    }
    assertReadSoon(finished(message));
  }

  /** Fills the message with CNAME records that all lead from one name to the same name. */
  private static void aliasesThatAllMatch(ByteBuffer message, int name) {
    byte[] target = ByteBuffer.allocate(2).putShort((short) (POINTER | name)).array();
    while (message.remaining() >= 14) {
      record(message, name, Type.CNAME, target);
    }
  }

  private static ByteBuffer start() {
    return ByteBuffer.allocate(ResponseWriter.MAX_BYTES).put(QUERY.toWire());
  }

  private static byte[] longName(int i) {
    byte[] name = new byte[255];
    for (int label = 0; label < 254; label += 64) {
      int length = Math.min(63, 253 - label);
      Arrays.fill(name, label + 1, label + 1 + length, (byte) 'a');
      name[label] = (byte) length;
    }
    name[253] = (byte) i;
    return name;
  }

  /** Adds a record, and returns where its data begin. */
  private static int record(ByteBuffer message, int owner, int type, byte[] data) {
    message.putShort((short) (POINTER | owner)).putShort((short) type).putShort((short) DClass.IN);
    message.putInt(0).putShort((short) data.length);
    int at = message.position();
    message.put(data);
    message.putShort(Header.ANSWERS_AT, (short) (message.getShort(Header.ANSWERS_AT) + 1));
    return at;
  }

  private static byte[] finished(ByteBuffer message) {
    message.putShort(Header.FLAGS_AT, (short) Header.RESPONSE);
    byte[] bytes = new byte[message.position()];
    message.flip().get(bytes);
    return bytes;
  }

  private static void assertReadSoon(byte[] message) {
    assertThat(message.length).isGreaterThan(65_000);
    Answer answer =
        Assertions.assertTimeout(SOON, () -> Messages.answer(QUERY, message).orElseThrow());
    assertThat(answer).isNotInstanceOf(Answer.Positive.class);
    assertThat(
            Assertions.assertTimeout(
                SOON, () -> Content.Message.read(message).flatMap(AddressReader::firstAddress)))
        .isEmpty();
    byte[] query = message.clone();
    Header.setWord(query, Header.FLAGS_AT, 0);
    Assertions.assertTimeout(SOON, () -> QueryReader.read(query));
  }
}
