package firstanswer.dns;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A domain name in its original spelling. Names are equal if they differ only in ASCII case (RFC
 * 4343) or in a final dot. {@link #toString} gives the spelling without the final dot, in the form
 * of master files, which escapes some bytes: {@code \\.}, {@code \\032} (RFC 1035 section 5.1). The
 * root is ".".
 *
 * <p>Names have an order, because it keeps a hash map fast when clients choose names of the same
 * hash code ({@code an} and {@code c0}).
 */
public final class DomainName implements Comparable<DomainName> {
  /** In bytes: the 255 of RFC 1035 section 2.3.4 without the first length and the root. */
  private static final int MAX_HOST_NAME_LENGTH = 253;

  /** In bytes (RFC 1035 section 2.3.4). */
  private static final int MAX_LABEL_LENGTH = 63;

  /** The characters with a meaning of their own in master files (RFC 1035 section 5.1). */
  private static final String SPECIAL = "\"().;\\@$";

  private static final DomainName ROOT = new DomainName(".", false);

  private final String written;
  private final String lowerCase;
  private final boolean hostName;

  private DomainName(String written, boolean hostName) {
    this.written = written;
    this.lowerCase = written.toLowerCase(Locale.ROOT);
    this.hostName = hostName;
  }

  /**
   * Parses a host name; empty if {@code text} is none. A label has 1 to 63 letters, digits, hyphens
   * and underscores, and no hyphen at either end (RFC 952, RFC 1123 section 2.1). Underscores are
   * allowed because real names have them (RFC 8552). The name has at most 253 bytes, not counting a
   * final dot (RFC 1035 section 2.3.4).
   */
  public static Optional<DomainName> parse(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return isHostName(name) ? Optional.of(new DomainName(name, true)) : Optional.empty();
  }

  /**
   * Parses a name in the form of master files (RFC 1035 section 5.1), relative to the root; empty
   * if {@code text} is none.
   */
  public static Optional<DomainName> ofMasterFile(String text) {
    try {
      return Optional.of(ofWire(Name.fromString(text, Name.root).toWire(), 0));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }

  /**
   * The name in wire format that starts at {@code start}: labels, each after its length, up to the
   * empty label of the root (RFC 1035 section 3.1). The name must be whole and not compressed.
   */
  public static DomainName ofWire(byte[] wire, int start) {
    StringBuilder written = new StringBuilder(64);
    for (int label = start; wire[label] != 0; label += 1 + wire[label]) {
      if (label > start) {
        written.append('.');
      }
      for (int i = 1; i <= wire[label]; i++) {
        append(written, wire[label + i] & 0xff);
      }
    }
    if (written.length() == 0) {
      return ROOT;
    }
    String name = written.toString();
    return new DomainName(name, isHostName(name));
  }

  private static void append(StringBuilder written, int octet) {
    if (octet <= ' ' || octet >= 0x7f) {
      written.append('\\').append(digit(octet / 100)).append(digit(octet / 10 % 10));
      written.append(digit(octet % 10));
    } else {
      if (SPECIAL.indexOf(octet) >= 0) {
        written.append('\\');
      }
      written.append((char) octet);
    }
  }

  private static char digit(int value) {
    return (char) ('0' + value);
  }

  /** The name in wire format (RFC 1035 section 3.1), at most 255 bytes. */
  public byte[] toWire() {
    if (written.equals(".")) {
      return new byte[] {0};
    }
    ByteArrayOutputStream wire = new ByteArrayOutputStream(written.length() + 2);
    ByteArrayOutputStream label = new ByteArrayOutputStream(MAX_LABEL_LENGTH);
    int i = 0;
    while (i < written.length()) {
      char c = written.charAt(i++);
      if (c == '.') {
        writeLabel(label, wire);
      } else if (c != '\\') {
        label.write(c);
      } else if (Character.isDigit(written.charAt(i))) {
        label.write(Integer.parseInt(written, i, i + 3, 10));
        i += 3;
      } else {
        label.write(written.charAt(i++));
      }
    }
    writeLabel(label, wire);
    wire.write(0);
    return wire.toByteArray();
  }

  private static void writeLabel(ByteArrayOutputStream label, ByteArrayOutputStream wire) {
    wire.write(label.size());
    wire.writeBytes(label.toByteArray());
    label.reset();
  }

  /** Whether this is a host name; the text protocol can ask for no other names. */
  public boolean isHostName() {
    return hostName;
  }

  private static boolean isHostName(String name) {
    if (name.length() > MAX_HOST_NAME_LENGTH) {
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

  /** The key of the name in tables: lower case, without a final dot. */
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

  /** Compares the keys of the names as texts. */
  @Override
  public int compareTo(DomainName other) {
    return lowerCase.compareTo(other.lowerCase);
  }

  @Override
  public String toString() {
    return written;
  }
}
