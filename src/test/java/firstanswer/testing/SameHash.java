package firstanswer.testing;

import firstanswer.dns.DomainName;
import java.util.ArrayList;
import java.util.List;

/** Host names of one hash code, as an attacker finds them. */
public final class SameHash {
  private SameHash() {}

  /** 2 to the power of {@code bits} names: "an" and "c0" have the same hash code. */
  public static List<DomainName> names(int bits) {
    List<DomainName> names = new ArrayList<>(1 << bits);
    for (int number = 0; number < 1 << bits; number++) {
      StringBuilder label = new StringBuilder();
      for (int bit = 0; bit < bits; bit++) {
        label.append((number >> bit & 1) == 0 ? "an" : "c0");
      }
      names.add(DomainName.parse(label + ".example").orElseThrow());
    }
    return names;
  }
}
