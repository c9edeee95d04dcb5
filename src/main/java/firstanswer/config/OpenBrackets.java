package firstanswer.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Finds the bracket of a HOCON text that has no partner. */
final class OpenBrackets {
  /** A bracket and its line, counted from 1. */
  record Bracket(char sign, int line) {
    boolean opens() {
      return sign == '{' || sign == '[';
    }

    boolean isClosedBy(char other) {
      return sign == '{' ? other == '}' : other == ']';
    }
  }

  private static final String TRIPLE_QUOTE = "\"\"\"";

  private final String text;
  private final Deque<Bracket> open = new ArrayDeque<>();
  private int at;
  private int line = 1;

  private OpenBrackets(String text) {
    this.text = text;
  }

  /** The first closing bracket that closes nothing, or the last opening one that stays open. */
  static Optional<Bracket> find(String text) {
    return new OpenBrackets(text).find();
  }

  private Optional<Bracket> find() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '{' || c == '[') {
        open.push(new Bracket(c, line));
      } else if (c == '}' || c == ']') {
        if (open.isEmpty()) {
          return Optional.of(new Bracket(c, line));
        }
        Bracket last = open.pop();
        if (!last.isClosedBy(c)) {
          return Optional.of(last);
        }
      } else if (c == '"') {
        skipTo(text.startsWith(TRIPLE_QUOTE, at) ? TRIPLE_QUOTE : "\"");
        continue;
      } else if (c == '#' || text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        continue;
      } else if (c == '\n') {
        line++;
      }
      at++;
    }
    return Optional.ofNullable(open.peek());
  }

  /** Skips a quoted text, from its first quote to behind its last. */
  private void skipTo(String quote) {
    at += quote.length();
    while (at < text.length() && !text.startsWith(quote, at)) {
      if (text.charAt(at) == '\n') {
        line++;
      }
      at += text.charAt(at) == '\\' && quote.length() == 1 ? 2 : 1;
    }
    at += quote.length();
  }
}
