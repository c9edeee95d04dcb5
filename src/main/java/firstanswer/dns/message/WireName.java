package firstanswer.dns.message;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads domain names where they stand in a message, compressed or not (RFC 1035 section 4.1.4).
 *
 * <p>A walk over a name always ends soon, whatever the bytes are. A pointer must lead to a place
 * before the labels that precede the pointer, and the labels at that place must end before these
 * labels, too. So no name depends on later bytes. A name has at most 255 bytes and at most as many
 * pointers as it can have labels. Without the limit on pointers, a name could have thousands of
 * pointers, and thousands of records could share it.
 */
public final class WireName {
  /** RFC 1035 section 2.3.4. */
  private static final int MAX_BYTES = 255;

  /** RFC 1035 section 2.3.4. */
  private static final int MAX_LABEL_BYTES = 63;

  /** A name of 255 bytes has at most 127 labels: two bytes each, and one for the root. */
  private static final int MAX_POINTERS = (MAX_BYTES - 1) / 2;

  /** The two highest bits mark a pointer (RFC 1035 section 4.1.4). */
  private static final int POINTER = 0xc0;

  /** The other 14 bits of a pointer hold its target. */
  private static final int TARGET_MASK = 0x3fff;

  private static final int POINTER_BYTES = 2;
  private static final int NONE = -1;

  private WireName() {}

  /** The end of the bytes of the name at {@code start}; -1 if there is no name. */
  public static int end(byte[] bytes, int start) {
    int end = NONE;
    int length = 0;
    int pointers = 0;
    int segment = start;
    int limit = bytes.length;
    int at = start;
    while (at < limit) {
      int octet = bytes[at] & 0xff;
      if (octet == 0) {
        return end == NONE ? at + 1 : end;
      }
      if (octet >= POINTER) {
        end = end == NONE ? at + POINTER_BYTES : end;
        at = pointers++ < MAX_POINTERS ? target(bytes, at, segment) : NONE;
        limit = segment;
        segment = at;
      } else {
        length += 1 + octet;
        at += 1 + octet;
      }
      if (at == NONE || (octet > MAX_LABEL_BYTES && octet < POINTER) || length >= MAX_BYTES) {
        return NONE;
      }
    }
    return NONE;
  }

  /** The target of the pointer at {@code at}, if it lies before {@code segment}; otherwise -1. */
  private static int target(byte[] bytes, int at, int segment) {
    if (at + 1 >= bytes.length) {
      return NONE;
    }
    int target = Header.word(bytes, at) & TARGET_MASK;
    return target >= Header.LENGTH && target < segment ? target : NONE;
  }

  /**
   * Whether two names are equal; ASCII case does not count (RFC 4343). {@link #end} must have found
   * an end of each name.
   */
  public static boolean same(byte[] bytes, int start, byte[] otherBytes, int otherStart) {
    int at = labels(bytes, start);
    int otherAt = labels(otherBytes, otherStart);
    while (sameLabel(bytes, at, otherBytes, otherAt)) {
      if (bytes[at] == 0) {
        return true;
      }
      int next = 1 + bytes[at];
      at = labels(bytes, at + next);
      otherAt = labels(otherBytes, otherAt + next);
    }
    return false;
  }

  /**
   * The labels of the name at {@code start}, without pointers; at most 255 bytes. {@link #end} must
   * have found its end.
   */
  public static byte[] uncompressed(byte[] bytes, int start) {
    ByteBuffer name = ByteBuffer.allocate(MAX_BYTES);
    int at = labels(bytes, start);
    while (bytes[at] != 0) {
      name.put(bytes, at, 1 + bytes[at]);
      at = labels(bytes, at + 1 + bytes[at]);
    }
    return Arrays.copyOf(name.array(), name.position() + 1);
  }

  /** Follows pointers from {@code start} to the next label, and returns its position. */
  private static int labels(byte[] bytes, int start) {
    int at = start;
    while ((bytes[at] & POINTER) == POINTER) {
      at = Header.word(bytes, at) & TARGET_MASK;
    }
    return at;
  }

  private static boolean sameLabel(byte[] bytes, int at, byte[] otherBytes, int otherAt) {
    // A length is at most 63, so the change of case leaves it alone: 'A' is 65.
    for (int i = 0; i <= bytes[at]; i++) {
      if (lowerCase(bytes[at + i]) != lowerCase(otherBytes[otherAt + i])) {
        return false;
      }
    }
    return true;
  }

  private static int lowerCase(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
  }
}
