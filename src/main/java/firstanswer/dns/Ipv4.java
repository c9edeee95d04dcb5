package firstanswer.dns;

import java.util.StringJoiner;

/** Converts IPv4 addresses between text and bytes. */
public final class Ipv4 {
  /** The number of octets in an address. */
  public static final int OCTETS = 4;

  private static final int MAX_OCTET = 255;

  private Ipv4() {}

  /**
   * Whether {@code text} is an address in dotted decimal: four numbers from 0 to 255. Leading zeros
   * are not allowed, since some programs take them for octal numbers (RFC 6943 section 3.1.1).
   */
  public static boolean isAddress(String text) {
    int octets = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '.') {
        if (!isOctet(text, start, i)) {
          return false;
        }
        octets++;
        start = i + 1;
      }
    }
    return octets == OCTETS;
  }

  private static boolean isOctet(String text, int start, int end) {
    int length = end - start;
    if (length < 1 || length > 3 || (length > 1 && text.charAt(start) == '0')) {
      return false;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      value = value * 10 + (c - '0');
    }
    return value <= MAX_OCTET;
  }

  /** The four octets of {@code address}, for which {@link #isAddress} must be true. */
  public static byte[] toBytes(String address) {
    byte[] octets = new byte[OCTETS];
    String[] numbers = address.split("\\.", OCTETS);
    for (int i = 0; i < OCTETS; i++) {
      octets[i] = (byte) Integer.parseInt(numbers[i]);
    }
    return octets;
  }

  /** The dotted decimal form of the four octets at {@code start}. */
  public static String toText(byte[] bytes, int start) {
    StringJoiner numbers = new StringJoiner(".");
    for (int i = start; i < start + OCTETS; i++) {
      numbers.add(Integer.toString(bytes[i] & 0xff));
    }
    return numbers.toString();
  }
}
