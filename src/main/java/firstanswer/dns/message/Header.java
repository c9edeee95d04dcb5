package firstanswer.dns.message;

/**
 * The header of a DNS message: the positions of its fields, in bytes from the start of the message,
 * and the bits of its flags (RFC 1035 section 4.1.1; for AD and CD, RFC 4035 section 3).
 */
public final class Header {
  /** The length of the header in bytes. */
  public static final int LENGTH = 12;

  /** The position of the id. */
  public static final int ID_AT = 0;

  /** The position of the flags, the OPCODE and the RCODE. */
  public static final int FLAGS_AT = 2;

  /** The position of QDCOUNT, the number of questions. */
  public static final int QUESTIONS_AT = 4;

  /** The position of ANCOUNT, the number of answer records. */
  public static final int ANSWERS_AT = 6;

  /** The position of NSCOUNT, the number of authority records. */
  public static final int AUTHORITIES_AT = 8;

  /** The position of ARCOUNT, the number of additional records. */
  public static final int ADDITIONALS_AT = 10;

  /** QR: the message is a response. */
  public static final int RESPONSE = 0x8000;

  /** The bits of the OPCODE; all are 0 in a standard query. */
  public static final int OPCODE_MASK = 0x7800;

  /** AA: the server has authority for the name. */
  public static final int AUTHORITATIVE = 0x0400;

  /** TC: the message is truncated. */
  public static final int TRUNCATED = 0x0200;

  /** RD: the client asks for recursion. */
  public static final int RECURSION_DESIRED = 0x0100;

  /** RA: the server offers recursion. */
  public static final int RECURSION_AVAILABLE = 0x0080;

  /** AD: the server has validated the data with DNSSEC. */
  public static final int AUTHENTIC_DATA = 0x0020;

  /** CD: the client validates the data itself. */
  public static final int CHECKING_DISABLED = 0x0010;

  /** The bits of the RCODE; an OPT record may hold 8 bits more. */
  public static final int RCODE_MASK = 0x000f;

  private Header() {}

  /** The 16 bits at {@code at}, 0 to 65,535. */
  public static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  /** Sets the 16 bits at {@code at} to the lower 16 bits of {@code value}. */
  public static void setWord(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }
}
