package firstanswer.codec.wire;

import firstanswer.dns.Edns;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.Type;

/**
 * Where the parts of a DNS message stand in its bytes. What is in the records is left alone, but
 * for the OPT record (RFC 6891 section 6.1).
 */
final class WireMessage {
  /** Type, class, TTL and the length of the data. */
  private static final int FIXED_RECORD_BYTES = 10;

  /** Type and class. */
  private static final int FIXED_QUESTION_BYTES = 4;

  private static final int NO_RECORD = -1;

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
   * The message, or empty when the bytes are none: a name or record that is not whole, more than
   * one question or OPT record, an OPT record out of its place, bytes left over.
   */
  static Optional<WireMessage> read(byte[] bytes) {
    if (bytes.length < Header.LENGTH || Header.word(bytes, Header.QUESTIONS_AT) > 1) {
      return Optional.empty();
    }
    int questionEnd = questionEnd(bytes);
    if (questionEnd == NO_RECORD) {
      return Optional.empty();
    }
    int records =
        Header.word(bytes, Header.ANSWERS_AT)
            + Header.word(bytes, Header.AUTHORITIES_AT)
            + Header.word(bytes, Header.ADDITIONALS_AT);
    // Believe a count only as far as there are bytes for it: the root as the owner, and no data.
    if (records > (bytes.length - questionEnd) / (1 + FIXED_RECORD_BYTES)) {
      return Optional.empty();
    }
    int[] owners = new int[records];
    int[] types = new int[records];
    return readRecords(bytes, questionEnd, owners, types)
        ? Optional.of(new WireMessage(bytes, questionEnd, owners, types))
            .filter(WireMessage::hasAtMostOneOptInItsPlace)
        : Optional.empty();
  }

  /** Where the question ends, if there is one; -1 when it is not whole. */
  static int questionEnd(byte[] bytes) {
    if (Header.word(bytes, Header.QUESTIONS_AT) == 0) {
      return Header.LENGTH;
    }
    int nameEnd = WireName.end(bytes, Header.LENGTH);
    return nameEnd == NO_RECORD || nameEnd + FIXED_QUESTION_BYTES > bytes.length
        ? NO_RECORD
        : nameEnd + FIXED_QUESTION_BYTES;
  }

  private static boolean readRecords(byte[] bytes, int start, int[] owners, int[] types) {
    int at = start;
    for (int i = 0; i < owners.length; i++) {
      owners[i] = at;
      types[i] = WireName.end(bytes, at);
      if (types[i] == NO_RECORD || types[i] + FIXED_RECORD_BYTES > bytes.length) {
        return false;
      }
      at = types[i] + FIXED_RECORD_BYTES + Header.word(bytes, types[i] + 8);
    }
    return at == bytes.length;
  }

  private int findOpt() {
    for (int i = additionals(); i < types.length; i++) {
      if (type(i) == Type.OPT) {
        return i;
      }
    }
    return NO_RECORD;
  }

  private boolean hasAtMostOneOptInItsPlace() {
    for (int i = 0; i < types.length; i++) {
      if (type(i) == Type.OPT && (i != opt || bytes[owners[i]] != 0)) {
        return false;
      }
    }
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  int flags() {
    return Header.word(bytes, Header.FLAGS_AT);
  }

  boolean hasQuestion() {
    return questionEnd > Header.LENGTH;
  }

  int questionEnd() {
    return questionEnd;
  }

  int questionType() {
    return Header.word(bytes, questionEnd - 4);
  }

  int questionClass() {
    return Header.word(bytes, questionEnd - 2);
  }

  /** Records in all sections; the answers come first. */
  int records() {
    return types.length;
  }

  int answers() {
    return Header.word(bytes, Header.ANSWERS_AT);
  }

  /** The index of the first additional record. */
  int additionals() {
    return answers() + Header.word(bytes, Header.AUTHORITIES_AT);
  }

  int type(int record) {
    return Header.word(bytes, types[record]);
  }

  int recordClass(int record) {
    return Header.word(bytes, types[record] + 2);
  }

  /** Where the record begins, which is with its owner name. */
  int owner(int record) {
    return owners[record];
  }

  int data(int record) {
    return types[record] + FIXED_RECORD_BYTES;
  }

  int dataEnd(int record) {
    return data(record) + Header.word(bytes, types[record] + 8);
  }

  boolean hasOpt() {
    return opt != NO_RECORD;
  }

  /** The index of the OPT record, which there must be. */
  int opt() {
    return opt;
  }

  /** What the sender of the OPT record takes over UDP, in bytes. */
  int udpPayload() {
    return recordClass(opt);
  }

  int ednsVersion() {
    return bytes[types[opt] + 5];
  }

  int ednsFlags() {
    return Header.word(bytes, types[opt] + 6);
  }

  /** The upper 8 bits of the RCODE; 0 without an OPT record. */
  int extendedRcode() {
    return hasOpt() ? bytes[types[opt] + 4] & 0xff : 0;
  }

  /** All 12 bits. */
  int rcode() {
    return extendedRcode() << 4 | (flags() & Header.RCODE_MASK);
  }

  /**
   * What of the OPT record, which there must be, is meant for the far end; empty when its options
   * are not whole.
   */
  Optional<Edns> edns() {
    return EdnsOptions.endToEnd(Arrays.copyOfRange(bytes, data(opt), dataEnd(opt)))
        .map(options -> new Edns(ednsFlags(), options));
  }
}
