package firstanswer.codec.wire;

import firstanswer.dns.message.Header;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts the bytes of a TCP connection into messages. Before each message stands its length in two
 * bytes (RFC 1035 section 4.2.2). The decoder holds only bytes that have arrived, and none of those
 * that it has delivered: a length that is announced reserves no memory, and a client that stops in
 * the middle of a message keeps little more than that half.
 */
public final class LengthPrefixDecoder {
  /** The bytes of the length. */
  public static final int PREFIX_BYTES = 2;

  private static final byte[] NOTHING = {};

  private final int maxMessageBytes;
  private byte[] held = NOTHING;
  private int start;
  private int end;

  /** Takes messages of up to {@code maxMessageBytes}, at most 65,535. */
  public LengthPrefixDecoder(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Takes over the next bytes. */
  public void feed(byte[] bytes) {
    if (holdsBytes()) {
      append(bytes);
    } else {
      hold(bytes, bytes.length);
    }
  }

  private void append(byte[] bytes) {
    int length = end - start;
    if (end + bytes.length > held.length) {
      byte[] roomier = new byte[Math.max(2 * length, length + bytes.length)];
      System.arraycopy(held, start, roomier, 0, length);
      hold(roomier, length);
    }
    System.arraycopy(bytes, 0, held, end, bytes.length);
    end += bytes.length;
  }

  /** The next whole message, if there is one. */
  public Optional<byte[]> poll() {
    int length = length();
    if (length < 0 || overLong() || end - start < PREFIX_BYTES + length) {
      letGoOfDelivered();
      return Optional.empty();
    }
    start += PREFIX_BYTES + length;
    return Optional.of(Arrays.copyOfRange(held, start - length, start));
  }

  private void letGoOfDelivered() {
    if (start > 0) {
      hold(holdsBytes() ? Arrays.copyOfRange(held, start, end) : NOTHING, end - start);
    }
  }

  private void hold(byte[] bytes, int length) {
    held = bytes;
    start = 0;
    end = length;
  }

  /** The length of the message that has begun; -1 until it is known. */
  private int length() {
    return end - start < PREFIX_BYTES ? -1 : Header.word(held, start);
  }

  /** Whether the message that has begun is too long. {@link #poll} gives nothing from then on. */
  public boolean overLong() {
    return length() > maxMessageBytes;
  }

  /** Whether a message has begun. */
  public boolean holdsBytes() {
    return end > start;
  }
}
