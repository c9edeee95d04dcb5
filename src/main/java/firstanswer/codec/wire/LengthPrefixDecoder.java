package firstanswer.codec.wire;

import firstanswer.dns.message.Header;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts the bytes of a TCP connection into messages. Before each message stands its length in two
 * bytes (RFC 1035 section 4.2.2). The decoder holds only bytes that have arrived: a length that is
 * announced reserves no memory.
 */
public final class LengthPrefixDecoder {
  /** The bytes of the length. */
  public static final int PREFIX_BYTES = 2;

  /** The capacity in bytes at the start; enough for nearly all queries. */
  private static final int FIRST_CAPACITY = 512;

  private final int maxMessageBytes;
  private byte[] held = new byte[FIRST_CAPACITY];
  private int start;
  private int end;

  /** Takes messages of up to {@code maxMessageBytes}, at most 65,535. */
  public LengthPrefixDecoder(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Takes the next bytes. */
  public void feed(byte[] bytes) {
    if (end + bytes.length > held.length) {
      byte[] roomier = new byte[Math.max(2 * (end - start), end - start + bytes.length)];
      System.arraycopy(held, start, roomier, 0, end - start);
      held = roomier;
      end -= start;
      start = 0;
    }
    System.arraycopy(bytes, 0, held, end, bytes.length);
    end += bytes.length;
  }

  /** The next whole message, if there is one. */
  public Optional<byte[]> poll() {
    int length = length();
    if (length < 0 || overLong() || end - start < PREFIX_BYTES + length) {
      return Optional.empty();
    }
    start += PREFIX_BYTES + length;
    byte[] message = Arrays.copyOfRange(held, start - length, start);
    giveMemoryBack();
    return Optional.of(message);
  }

  /** A client that leaves half a message here must not hold the memory of the messages before. */
  private void giveMemoryBack() {
    if (held.length > FIRST_CAPACITY && end - start <= FIRST_CAPACITY) {
      held = Arrays.copyOfRange(held, start, start + FIRST_CAPACITY);
      end -= start;
      start = 0;
    } else if (start == end) {
      start = 0;
      end = 0;
    }
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
