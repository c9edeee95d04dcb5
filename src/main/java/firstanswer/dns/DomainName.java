package firstanswer.dns;

import java.util.Locale;
import java.util.Optional;

/**
 * A host name as somebody wrote it. Two names are equal when they differ in ASCII case (RFC 4343)
 * or in a final dot only; {@link #toString} gives the name as written, without the final dot.
 *
 * <p>Letters, digits, hyphens and underscores, the hyphen at neither end of a label (RFC 952, RFC
 * 1123 section 2.1; the underscore because real names have it, RFC 8552); labels of 1 to 63 bytes,
 * at most 253 bytes in all (RFC 1035 section 2.3.4).
 */
public final class DomainName {
  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL_LENGTH = 63;

  private final String written;
  private final String lowerCase;

  private DomainName(String written) {
    this.written = written;
    this.lowerCase = written.toLowerCase(Locale.ROOT);
  }

  /** The name that {@code text} is, or empty when it is no host name. */
  public static Optional<DomainName> parse(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return isHostName(name) ? Optional.of(new DomainName(name)) : Optional.empty();
  }

  private static boolean isHostName(String name) {
    if (name.length() > MAX_LENGTH) {
      return false;
    }
    int labelStart = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || name.charAt(i) == '.') {
        if (!isLabel(name, labelStart, i)) {
          return false;
        }
        labelStart = i + 1;
      } else if (!isHostNameCharacter(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabel(String name, int start, int end) {
    int length = end - start;
    return length >= 1
        && length <= MAX_LABEL_LENGTH
        && name.charAt(start) != '-'
        && name.charAt(end - 1) != '-';
  }

  private static boolean isHostNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** The form under which tables hold the name: lower case, no final dot. */
  public String key() {
    return lowerCase;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DomainName name && lowerCase.equals(name.lowerCase);
  }

  @Override
  public int hashCode() {
    return lowerCase.hashCode();
  }

  @Override
  public String toString() {
    return written;
  }
}
