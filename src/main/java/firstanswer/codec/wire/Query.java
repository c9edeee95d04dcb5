package firstanswer.codec.wire;

import firstanswer.dns.Question;

/**
 * A client's query.
 *
 * @param bytes as it came; its question begins behind the header
 * @param questionEnd where its question ends
 * @param question what it asks
 * @param udpPayload what the client takes over UDP, in bytes, at least 512; 512 without EDNS (RFC
 *     6891 section 6.2.5)
 */
public record Query(byte[] bytes, int questionEnd, Question question, int udpPayload) {
  /** What every client takes over UDP, in bytes (RFC 1035 section 4.2.1). */
  static final int MIN_UDP_PAYLOAD = 512;

  int id() {
    return Header.word(bytes, 0);
  }

  int flags() {
    return Header.word(bytes, Header.FLAGS_AT);
  }
}
