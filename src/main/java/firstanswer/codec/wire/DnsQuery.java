package firstanswer.codec.wire;

import firstanswer.dns.Question;

/** A client's query. */
public final class DnsQuery {
  /** What every client takes over UDP, in bytes (RFC 1035 section 4.2.1). */
  static final int MIN_UDP_PAYLOAD = 512;

  private final byte[] bytes;
  private final int questionEnd;
  private final Question question;
  private final int udpPayload;

  /**
   * A query.
   *
   * @param bytes as it came; its question begins behind the header and ends at {@code questionEnd}
   * @param udpPayload what the client takes over UDP, in bytes; 512 without EDNS, and less than
   *     that means 512 (RFC 6891 section 6.2.3)
   */
  DnsQuery(byte[] bytes, int questionEnd, Question question, int udpPayload) {
    this.bytes = bytes;
    this.questionEnd = questionEnd;
    this.question = question;
    this.udpPayload = Math.max(MIN_UDP_PAYLOAD, udpPayload);
  }

  /** What it asks. */
  public Question question() {
    return question;
  }

  byte[] bytes() {
    return bytes;
  }

  int questionEnd() {
    return questionEnd;
  }

  int udpPayload() {
    return udpPayload;
  }

  int id() {
    return Header.word(bytes, 0);
  }

  int flags() {
    return Header.word(bytes, Header.FLAGS_AT);
  }
}
