package firstanswer.client;

import java.util.Locale;

/**
 * Makes text safe for a terminal, which control characters of a hostile server might abuse. A
 * control character becomes an escape of master files (RFC 1035 section 5.1): {@code \\027}. Tabs
 * and newlines stay.
 */
final class Printable {
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;

  private Printable() {}

  /** A server's text, one character per byte, in which bytes above ASCII have no use. */
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
