package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthPrefixDecoderTest {
  private static final int MAX_BYTES = 4096;
  private static final List<byte[]> MESSAGES =
      List.of(message(1), message(0), message(255), message(256), message(MAX_BYTES), message(12));
  private static final byte[] STREAM = framed(MESSAGES);

  private final LengthPrefixDecoder decoder = new LengthPrefixDecoder(MAX_BYTES);

  @Test
  void messagesInOneReadAreSeparated() {
    decoder.feed(STREAM);
    assertThat(polled()).containsExactlyElementsOf(MESSAGES);
    assertThat(decoder.holdsBytes()).isFalse();
  }

  @Test
  void messagesInSingleBytesAreJoined() {
    List<byte[]> messages = new ArrayList<>();
    for (byte b : STREAM) {
      decoder.feed(new byte[] {b});
      messages.addAll(polled());
    }
    assertThat(messages).containsExactlyElementsOf(MESSAGES);
  }

  @Test
  void messagesSplitAnywhereAreJoined() {
    for (int at = 0; at <= STREAM.length; at++) {
      LengthPrefixDecoder each = new LengthPrefixDecoder(MAX_BYTES);
      each.feed(Arrays.copyOf(STREAM, at));
      List<byte[]> messages = polled(each);
      each.feed(Arrays.copyOfRange(STREAM, at, STREAM.length));
      messages.addAll(polled(each));
      assertThat(messages).as("split at " + at).containsExactlyElementsOf(MESSAGES);
    }
  }

  @Test
  void piecesOfRandomLengthGiveAllMessages() {
    Random random = new Random(1);
    List<byte[]> messages = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      for (int at = 0; at < STREAM.length; ) {
        int end = Math.min(STREAM.length, at + random.nextInt(700));
        decoder.feed(Arrays.copyOfRange(STREAM, at, end));
        at = end;
        if (random.nextInt(3) == 0) {
          decoder.poll().ifPresent(messages::add);
        }
      }
      messages.addAll(polled());
      assertThat(messages).containsExactlyElementsOf(MESSAGES);
      messages.clear();
    }
  }

  @Test
  void anEmptyMessageIsAMessage() {
    decoder.feed(new byte[] {0, 0});
    assertThat(polled()).containsExactly(new byte[0]);
  }

  @Test
  void halfALengthBeginsAMessage() {
    assertThat(decoder.holdsBytes()).isFalse();
    decoder.feed(new byte[] {0});
    assertThat(decoder.holdsBytes()).isTrue();
    assertThat(decoder.poll()).isEmpty();
    assertThat(decoder.overLong()).isFalse();
  }

  @Test
  void nothingComesFromAMessageThatIsTooLongOn() {
    decoder.feed(framed(List.of(message(3), message(MAX_BYTES + 1), message(3))));
    assertThat(decoder.overLong()).isFalse();
    assertThat(polled()).containsExactly(message(3));
    assertThat(decoder.overLong()).isTrue();
    assertThat(decoder.poll()).isEmpty();
  }

  @Test
  void aMessageMayHave65535Bytes() {
    LengthPrefixDecoder all = new LengthPrefixDecoder(0xffff);
    all.feed(framed(List.of(message(0xffff))));
    assertThat(polled(all)).containsExactly(message(0xffff));
  }

  /** Otherwise a client that ends each flood with half a message makes us hold the flood. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3000})
  void theMemoryOfAFloodIsFreedThoughAMessageHasBegun(int bytesOfHalf) {
    int decoders = 200;
    byte[] half = Arrays.copyOf(framed(List.of(message(MAX_BYTES))), bytesOfHalf);
    byte[] flood = Arrays.copyOf(STREAM, 100_000);
    Arrays.fill(flood, STREAM.length, flood.length, (byte) 0);
    System.arraycopy(half, 0, flood, flood.length - half.length, half.length);
    List<LengthPrefixDecoder> all = new ArrayList<>();
    long before = usedBytes();
    for (int i = 0; i < decoders; i++) {
      LengthPrefixDecoder each = new LengthPrefixDecoder(MAX_BYTES);
      each.feed(flood.clone());
      polled(each);
      assertThat(each.holdsBytes()).isTrue();
      all.add(each);
    }
    assertThat((usedBytes() - before) / all.size()).isLessThan(10_000);
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private List<byte[]> polled() {
    return polled(decoder);
  }

  private static List<byte[]> polled(LengthPrefixDecoder decoder) {
    List<byte[]> messages = new ArrayList<>();
    for (Optional<byte[]> m = decoder.poll(); m.isPresent(); m = decoder.poll()) {
      messages.add(m.get());
    }
    return messages;
  }

  private static byte[] message(int length) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) (i + length);
    }
    return message;
  }

  private static byte[] framed(List<byte[]> messages) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      stream.write(message.length >> 8);
      stream.write(message.length);
      stream.writeBytes(message);
    }
    return stream.toByteArray();
  }
}
