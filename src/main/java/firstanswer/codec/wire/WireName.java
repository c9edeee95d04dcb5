package firstanswer.codec.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Domain names where they stand in a message, compressed or not (RFC 1035 section 4.1.4).
 *
 * <p>A pointer must lead to an earlier place than the labels before it began at, and what it leads
 * to must end before that, too, so that no name depends on bytes behind it. A name has at most 255
 * bytes and as many pointers as it can have labels, so every walk ends soon, whatever the bytes
 * are. Without the last limit thousands of pointers in a row would be a name, and as many records
 * could share it.
 */
final class WireName {
  private static final int MAX_BYTES = 255;
  private static final int MAX_LABEL_BYTES = 63;
  private static final int MAX_POINTERS = 127;
  private static final int POINTER = 0xc0;
  private static final int NONE = -1;

  private WireName() {}

  /** Where the bytes of the name at {@code start} end, or -1 when they are no name. */
  static int end(byte[] bytes, int start) {
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
        end = end == NONE ? at + 2 : end;
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

  /** Where the pointer at {@code at} leads, if that is before {@code segment}; otherwise -1. */
  private static int target(byte[] bytes, int at, int segment) {
    if (at + 1 >= bytes.length) {
      return NONE;
    }
    int target = Header.word(bytes, at) & 0x3fff;
    return target >= Header.LENGTH && target < segment ? target : NONE;
  }

  /** Whether two names, both known to be whole, are equal but for ASCII case (RFC 4343). */
  static boolean same(byte[] bytes, int start, byte[] otherBytes, int otherStart) {
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

  /** The name at {@code start}, known to be whole, without pointers. */
  static byte[] uncompressed(byte[] bytes, int start) {
    ByteBuffer name = ByteBuffer.allocate(MAX_BYTES);
    int at = labels(bytes, start);
    while (bytes[at] != 0) {
      name.put(bytes, at, 1 + bytes[at]);
      at = labels(bytes, at + 1 + bytes[at]);
    }
    return Arrays.copyOf(name.array(), name.position() + 1);
  }

  private static int labels(byte[] bytes, int start) {
    int at = start;
    while ((bytes[at] & POINTER) == POINTER) {
      at = Header.word(bytes, at) & 0x3fff;
    }
    return at;
  }

  private static boolean sameLabel(byte[] bytes, int at, byte[] otherBytes, int otherAt) {
    // The lengths are below 64, so no letter is among them.
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
