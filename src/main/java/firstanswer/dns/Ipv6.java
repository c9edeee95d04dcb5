package firstanswer.dns;

import java.util.ArrayList;
import java.util.List;

/** Writes IPv6 addresses as text. */
public final class Ipv6 {
  /** The number of groups of 16 bits in an address. */
  private static final int GROUPS = 8;

  private Ipv6() {}

  /**
   * The text of the address with these 16 octets: lower case, no leading zeros. The longest run of
   * two or more zero groups becomes {@code ::}, the first run if several are longest (RFC 5952
   * section 4).
   */
  public static String toText(byte[] octets) {
    int runStart = -1;
    int runLength = 1;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      length = group(octets, i) == 0 ? length + 1 : 0;
      if (length > runLength) {
        runLength = length;
        runStart = i - length + 1;
      }
    }
    return runStart < 0
        ? groups(octets, 0, GROUPS)
        : groups(octets, 0, runStart) + "::" + groups(octets, runStart + runLength, GROUPS);
  }

  private static String groups(byte[] octets, int from, int to) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      texts.add(Integer.toHexString(group(octets, i)));
    }
    return String.join(":", texts);
  }

  private static int group(byte[] octets, int i) {
    return (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
  }
}
