package firstanswer.dns.message;

import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.Type;

/**
 * The bytes of a DNS message, and the positions of its parts (RFC 1035 section 4.1). The scan looks
 * at names, counts and lengths, and not at the data of records. The message keeps the result of the
 * scan, so that all readers and writers share one scan. Nobody may change the bytes.
 *
 * <p>The class is long because the scan and the positions that it finds belong together.
 */
public final class WireMessage {
  /** The length of the type and class of a question (RFC 1035 section 4.1.2). */
  private static final int FIXED_QUESTION_BYTES = 4;

  /** The length of the fields type, class, TTL and data length (RFC 1035 section 4.1.3). */
  private static final int FIXED_RECORD_BYTES = 10;

  /** The positions of a record's fields, counted from its type (RFC 1035 section 4.1.3). */
  private static final int CLASS_AT = 2;

  private static final int TTL_AT = 4;
  private static final int DATA_LENGTH_AT = 8;

  /**
   * The positions of the fields that an OPT record has in place of the TTL, counted from its type
   * (RFC 6891 section 6.1.3).
   */
  private static final int EXTENDED_RCODE_AT = 4;

  private static final int EDNS_VERSION_AT = 5;
  private static final int EDNS_FLAGS_AT = 6;

  private static final int NONE = -1;

  private final byte[] bytes;
  private final int questionEnd;
  private final int[] owners;
  private final int[] types;
  private final int opt;

  private WireMessage(byte[] bytes, int questionEnd, int[] owners, int[] types) {
    this.bytes = bytes;
    this.questionEnd = questionEnd;
    this.owners = owners;
    this.types = types;
    this.opt = findOpt();
  }

  /**
   * Scans {@code bytes} and takes them over. Empty if a name or record is broken, if there is more
   * than one question or OPT record, if an OPT record has an owner or stands in another section
   * than the additional one, or if bytes follow the message.
   */
  public static Optional<WireMessage> read(byte[] bytes) {
    return readLeading(bytes).filter(message -> message.bytes.length == bytes.length);
  }

  /**
   * Like {@link #read}, but leaves out bytes that follow the message, as other DNS software does.
   */
  public static Optional<WireMessage> readLeading(byte[] bytes) {
    if (bytes.length < Header.LENGTH || Header.word(bytes, Header.QUESTIONS_AT) > 1) {
      return Optional.empty();
    }
    int questionEnd = questionEnd(bytes);
    if (questionEnd == NONE) {
      return Optional.empty();
    }
    int records =
        Header.word(bytes, Header.ANSWERS_AT)
            + Header.word(bytes, Header.AUTHORITIES_AT)
            + Header.word(bytes, Header.ADDITIONALS_AT);
    // The smallest record has no data, and the root, which is one byte, as its owner. Counts for
    // which there are too few bytes must not make us allocate anything.
    if (records > (bytes.length - questionEnd) / (1 + FIXED_RECORD_BYTES)) {
      return Optional.empty();
    }
    int[] owners = new int[records];
    int[] types = new int[records];
    int end = readRecords(bytes, questionEnd, owners, types);
    if (end == NONE) {
      return Optional.empty();
    }
    byte[] whole = end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
    return Optional.of(new WireMessage(whole, questionEnd, owners, types))
        .filter(WireMessage::hasAtMostOneOptInItsPlace);
  }

  /**
   * The end of the question of {@code bytes}, which must have a header; the end of the header if
   * there is no question; -1 if the question is not whole.
   */
  public static int questionEnd(byte[] bytes) {
    if (Header.word(bytes, Header.QUESTIONS_AT) == 0) {
      return Header.LENGTH;
    }
    int nameEnd = WireName.end(bytes, Header.LENGTH);
    return nameEnd == NONE || nameEnd + FIXED_QUESTION_BYTES > bytes.length
        ? NONE
        : nameEnd + FIXED_QUESTION_BYTES;
  }

  /** Returns the end of the last record; -1 if a record is not whole. */
  private static int readRecords(byte[] bytes, int start, int[] owners, int[] types) {
    int at = start;
    for (int i = 0; i < owners.length; i++) {
      owners[i] = at;
      types[i] = WireName.end(bytes, at);
      if (types[i] == NONE || types[i] + FIXED_RECORD_BYTES > bytes.length) {
        return NONE;
      }
      at = types[i] + FIXED_RECORD_BYTES + Header.word(bytes, types[i] + DATA_LENGTH_AT);
    }
    return at <= bytes.length ? at : NONE;
  }

  private int findOpt() {
    for (int i = additionals(); i < types.length; i++) {
      if (type(i) == Type.OPT) {
        return i;
      }
    }
    return NONE;
  }

  private boolean hasAtMostOneOptInItsPlace() {
    for (int i = 0; i < types.length; i++) {
      if (type(i) == Type.OPT && (i != opt || bytes[owners[i]] != 0)) {
        return false;
      }
    }
    return true;
  }

  /** The message itself, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** The id, 0 to 65,535. */
  public int id() {
    return Header.word(bytes, Header.ID_AT);
  }

  /** The 16 bits that hold the flags, the OPCODE and the RCODE. */
  public int flags() {
    return Header.word(bytes, Header.FLAGS_AT);
  }

  /** Whether there is a question. */
  public boolean hasQuestion() {
    return questionEnd > Header.LENGTH;
  }

  /** The end of the question, where the first record begins. */
  public int questionEnd() {
    return questionEnd;
  }

  /** The QTYPE of the question; the message must have one. */
  public int questionType() {
    return Header.word(bytes, questionEnd - FIXED_QUESTION_BYTES);
  }

  /** The QCLASS of the question; the message must have one. */
  public int questionClass() {
    return Header.word(bytes, questionEnd - FIXED_QUESTION_BYTES + CLASS_AT);
  }

  /** The number of answer records. Records are numbered from 0 on, the answers first. */
  public int answers() {
    return Header.word(bytes, Header.ANSWERS_AT);
  }

  /** The number of the first additional record. */
  public int additionals() {
    return answers() + Header.word(bytes, Header.AUTHORITIES_AT);
  }

  /** The type of a record. */
  public int type(int record) {
    return Header.word(bytes, types[record]);
  }

  /** The class of a record. */
  public int recordClass(int record) {
    return Header.word(bytes, types[record] + CLASS_AT);
  }

  /** The position of the owner name, with which a record begins. */
  public int owner(int record) {
    return owners[record];
  }

  /** The position of the TTL, 4 bytes, of a record. */
  public int ttl(int record) {
    return types[record] + TTL_AT;
  }

  /** The number of all records. */
  public int records() {
    return types.length;
  }

  /** The position of the data of a record. */
  public int data(int record) {
    return types[record] + FIXED_RECORD_BYTES;
  }

  /** The end of the data of a record. */
  public int dataEnd(int record) {
    return data(record) + Header.word(bytes, types[record] + DATA_LENGTH_AT);
  }

  /** Whether there is an OPT record (RFC 6891 section 6.1). */
  public boolean hasOpt() {
    return opt != NONE;
  }

  /** The number of the OPT record; the message must have one. */
  public int opt() {
    return opt;
  }

  /** The most bytes that the sender takes over UDP; the message must have an OPT record. */
  public int udpPayload() {
    return recordClass(opt);
  }

  /** The EDNS version, 0 to 255; the message must have an OPT record. */
  public int ednsVersion() {
    return bytes[types[opt] + EDNS_VERSION_AT] & 0xff;
  }

  /** The 16 bits of EDNS flags, DO the highest; the message must have an OPT record. */
  public int ednsFlags() {
    return Header.word(bytes, types[opt] + EDNS_FLAGS_AT);
  }

  /** A copy of the EDNS options, perhaps not well-formed; the message must have an OPT record. */
  public byte[] ednsOptions() {
    return Arrays.copyOfRange(bytes, data(opt), dataEnd(opt));
  }

  /** The upper 8 bits of the RCODE; 0 without an OPT record. */
  public int extendedRcode() {
    return hasOpt() ? bytes[types[opt] + EXTENDED_RCODE_AT] & 0xff : 0;
  }

  /** The RCODE with all its 12 bits (RFC 6891 section 6.1.3). */
  public int rcode() {
    return extendedRcode() << 4 | (flags() & Header.RCODE_MASK);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WireMessage message && Arrays.equals(bytes, message.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "DNS message of " + bytes.length + " bytes";
  }
}
