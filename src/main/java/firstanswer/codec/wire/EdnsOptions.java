package firstanswer.codec.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/** The options of an OPT record as on the wire (RFC 6891 section 6.1.2). */
final class EdnsOptions {
  /** Extended DNS Error (RFC 8914). */
  private static final int EXTENDED_ERROR = 15;

  /** Those between neighbours: COOKIE (RFC 7873), TCP keepalive (RFC 7828), padding (RFC 7830). */
  private static final Set<Integer> BETWEEN_NEIGHBOURS = Set.of(10, 11, 12);

  private static final int CODE_AND_LENGTH = 4;

  private EdnsOptions() {}

  /** {@code options} without those that are between neighbours; empty when they are not whole. */
  static Optional<byte[]> endToEnd(byte[] options) {
    ByteBuffer kept = ByteBuffer.allocate(options.length);
    int at = 0;
    while (at + CODE_AND_LENGTH <= options.length) {
      int end = at + CODE_AND_LENGTH + Header.word(options, at + 2);
      if (end > options.length) {
        return Optional.empty();
      }
      if (!BETWEEN_NEIGHBOURS.contains(Header.word(options, at))) {
        kept.put(options, at, end - at);
      }
      at = end;
    }
    return at == options.length ? Optional.of(toArray(kept)) : Optional.empty();
  }

  /** One option: an Extended DNS Error with its INFO-CODE (IANA: Extended DNS Error Codes). */
  static byte[] extendedError(int infoCode, byte[] extraText) {
    ByteBuffer option = ByteBuffer.allocate(CODE_AND_LENGTH + 2 + extraText.length);
    option.putShort((short) EXTENDED_ERROR).putShort((short) (2 + extraText.length));
    return option.putShort((short) infoCode).put(extraText).array();
  }

  private static byte[] toArray(ByteBuffer kept) {
    byte[] options = new byte[kept.position()];
    kept.flip().get(options);
    return options;
  }
}
