package firstanswer.client;

import java.util.Locale;

/**
 * Text for people, in which the control characters of a hostile server do nothing to their
 * terminal. A control character is written as in master files (RFC 1035 section 5.1): {@code
 * \\027}. Tabs and newlines stay.
 */
final class Printable {
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;

  private Printable() {}

  /** A server's text, one character per byte. Has no use for bytes above ASCII. */
  static String ofServer(String text) {
    return escaped(text, LAST_CONTROL);
  }

  /** The user's own text, one character per byte; it may be UTF-8, where bytes above ASCII mix. */
  static String ofUser(String text) {
    return escaped(text, DELETE);
  }

  private static String escaped(String text, int lastControl) {
    if (text.chars().noneMatch(c -> isControl(c, lastControl))) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                escaped.append(
                    isControl(c, lastControl)
                        ? String.format(Locale.ROOT, "\\%03d", c)
                        : String.valueOf((char) c)));
    return escaped.toString();
  }

  private static boolean isControl(int c, int lastControl) {
    return (c < ' ' && c != '\t' && c != '\n') || (c >= DELETE && c <= lastControl);
  }
}
