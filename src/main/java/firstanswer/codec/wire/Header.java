package firstanswer.codec.wire;

/** The header of a DNS message and its bits (RFC 1035 section 4.1.1, RFC 4035 section 3). */
final class Header {
  /** Its length in bytes. */
  static final int LENGTH = 12;

  static final int FLAGS_AT = 2;
  static final int QUESTIONS_AT = 4;
  static final int ANSWERS_AT = 6;
  static final int AUTHORITIES_AT = 8;
  static final int ADDITIONALS_AT = 10;

  static final int RESPONSE = 0x8000;
  static final int OPCODE_MASK = 0x7800;
  static final int AUTHORITATIVE = 0x0400;
  static final int TRUNCATED = 0x0200;
  static final int RECURSION_DESIRED = 0x0100;
  static final int RECURSION_AVAILABLE = 0x0080;
  static final int AUTHENTIC_DATA = 0x0020;
  static final int CHECKING_DISABLED = 0x0010;
  static final int RCODE_MASK = 0x000f;

  /** What a client says of how it wants its answer, and a forwarder passes on. */
  static final int WISHES = RECURSION_DESIRED | AUTHENTIC_DATA | CHECKING_DISABLED;

  private Header() {}

  /** The 16 bits at {@code at}. */
  static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  /** Sets the 16 bits at {@code at}. */
  static void setWord(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }
}
