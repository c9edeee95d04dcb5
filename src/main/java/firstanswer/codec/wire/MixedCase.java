package firstanswer.codec.wire;

import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * Makes questions in which the case of each letter is random. Servers repeat the question with its
 * case, so a forger must guess a bit for each letter, too (draft-vixie-dnsext-dns0x20).
 */
public final class MixedCase {
  /** The bit that tells upper from lower case in ASCII. */
  private static final int CASE_BIT = 0x20;

  /** The length of QTYPE and QCLASS (RFC 1035 section 4.1.2). */
  private static final int FIXED_QUESTION_BYTES = 4;

  private static final int BITS_AT_ONCE = 16;

  private MixedCase() {}

  /**
   * A copy of {@code query} whose question has letters of random case.
   *
   * @param bits gives 16 random bits at a time
   */
  public static byte[] mix(byte[] query, IntSupplier bits) {
    byte[] mixed = query.clone();
    int drawn = 0;
    int left = 0;
    for (int at = Header.LENGTH; at < nameEnd(query); at++) {
      if (isLetter(mixed[at])) {
        drawn = left == 0 ? bits.getAsInt() : drawn >> 1;
        left = left == 0 ? BITS_AT_ONCE - 1 : left - 1;
        mixed[at] = (byte) ((mixed[at] & ~CASE_BIT) | ((drawn & 1) * CASE_BIT));
      }
    }
    return mixed;
  }

  /** The length of a label is at most 63, and the first letter is 65. */
  private static boolean isLetter(byte octet) {
    int lower = octet | CASE_BIT;
    return lower >= 'a' && lower <= 'z' && octet >= 'A';
  }

  /** Whether {@code response} repeats the question of {@code query} letter for letter. */
  public static boolean isEchoed(byte[] query, byte[] response) {
    int end = nameEnd(query);
    return response.length >= end
        && Arrays.equals(query, Header.LENGTH, end, response, Header.LENGTH, end);
  }

  /**
   * Gives the question of {@code response} the case of the question of {@code query}. The names
   * must be equal but for the case.
   */
  public static void restore(byte[] query, byte[] response) {
    int end = nameEnd(query);
    System.arraycopy(query, Header.LENGTH, response, Header.LENGTH, end - Header.LENGTH);
  }

  private static int nameEnd(byte[] query) {
    return WireMessage.questionEnd(query) - FIXED_QUESTION_BYTES;
  }
}
