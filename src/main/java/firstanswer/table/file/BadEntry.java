package firstanswer.table.file;

import java.io.IOException;
import java.util.regex.Pattern;
import org.xbill.DNS.RelativeNameException;
import org.xbill.DNS.Tokenizer;

/**
 * Explains a bad entry of a master file, and finds the end of the entry, so that reading can go on.
 */
final class BadEntry {
  /**
   * The place that the tokenizer puts before its messages: without a file name, and with a line
   * that is sometimes one too high.
   */
  private static final Pattern TOKENIZER_PLACE = Pattern.compile("^<none>:\\d+: ");

  private BadEntry() {}

  /** The mistake, in words for people, without a place. */
  static String reason(Exception e) {
    if (e instanceof RelativeNameException) {
      return e.getMessage() + "; expected a final dot, or an $ORIGIN above";
    }
    return e.getMessage() == null
        ? "unreadable entry"
        : TOKENIZER_PLACE.matcher(e.getMessage()).replaceFirst("");
  }

  /**
   * Skips to the end of the entry, which the last token may have been.
   *
   * @return whether the file goes on; also false if the entry has no findable end
   */
  static boolean skip(Tokenizer tokens) {
    try {
      tokens.unget();
      Tokenizer.Token token = tokens.get();
      while (!token.isEOL()) {
        token = tokens.get();
      }
      return token.type() == Tokenizer.EOL;
    } catch (IOException | RuntimeException e) {
      // unget fails before the first token and after another unget.
      return false;
    }
  }
}
