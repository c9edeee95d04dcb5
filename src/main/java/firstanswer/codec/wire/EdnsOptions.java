package firstanswer.codec.wire;

import firstanswer.dns.Edns;
import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.EDNSOption;

/** The options of an OPT record in wire format (RFC 6891 section 6.1.2). */
final class EdnsOptions {
  /** COOKIE (RFC 7873), edns-tcp-keepalive (RFC 7828), Padding (RFC 7830). */
  private static final Set<Integer> HOP_BY_HOP =
      Set.of(EDNSOption.Code.COOKIE, EDNSOption.Code.TCP_KEEPALIVE, EDNSOption.Code.PADDING);

  /** OPTION-CODE and OPTION-LENGTH. */
  private static final int FIXED_BYTES = 4;

  /** Where the length of an option stands, from its code on. */
  private static final int LENGTH_AT = 2;

  /** The INFO-CODE of an Extended DNS Error (RFC 8914 section 2). */
  private static final int INFO_CODE_BYTES = 2;

  /** The TIMEOUT of edns-tcp-keepalive (RFC 7828 section 3.1). */
  private static final int TIMEOUT_BYTES = 2;

  private EdnsOptions() {}

  /**
   * The part of a message's EDNS that is meant for the far end; empty if there is no OPT record, or
   * an option in it is longer than the record.
   */
  static Optional<Edns> endToEnd(WireMessage message) {
    return message.hasOpt()
        ? endToEnd(message.ednsOptions()).map(options -> new Edns(message.ednsFlags(), options))
        : Optional.empty();
  }

  private static Optional<byte[]> endToEnd(byte[] options) {
    ByteBuffer kept = ByteBuffer.allocate(options.length);
    int at = 0;
    while (at + FIXED_BYTES <= options.length) {
      int end = at + FIXED_BYTES + Header.word(options, at + LENGTH_AT);
      if (end > options.length) {
        return Optional.empty();
      }
      if (!HOP_BY_HOP.contains(Header.word(options, at))) {
        kept.put(options, at, end - at);
      }
      at = end;
    }
    return at == options.length ? Optional.of(toArray(kept)) : Optional.empty();
  }

  /** Whether {@code options}, which must be well-formed up to it, hold an option of this code. */
  static boolean has(byte[] options, int code) {
    int at = 0;
    while (at + FIXED_BYTES <= options.length) {
      if (Header.word(options, at) == code) {
        return true;
      }
      at += FIXED_BYTES + Header.word(options, at + LENGTH_AT);
    }
    return false;
  }

  /** The option that says how long a connection may be idle (RFC 7828 section 3.1). */
  static byte[] tcpKeepalive(int timeout100Millis) {
    ByteBuffer option = ByteBuffer.allocate(FIXED_BYTES + TIMEOUT_BYTES);
    option.putShort((short) EDNSOption.Code.TCP_KEEPALIVE).putShort((short) TIMEOUT_BYTES);
    return option.putShort((short) timeout100Millis).array();
  }

  /** The option that holds an Extended DNS Error (RFC 8914 section 2). */
  static byte[] extendedError(int infoCode, byte[] extraText) {
    int length = INFO_CODE_BYTES + extraText.length;
    ByteBuffer option = ByteBuffer.allocate(FIXED_BYTES + length);
    option.putShort((short) EDNSOption.Code.EDNS_EXTENDED_ERROR).putShort((short) length);
    return option.putShort((short) infoCode).put(extraText).array();
  }

  private static byte[] toArray(ByteBuffer kept) {
    byte[] options = new byte[kept.position()];
    kept.flip().get(options);
    return options;
  }
}
