package firstanswer.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explains in one line the mistake in a file that is not HOCON.
 *
 * <p>The parser's messages speak of tokens, and often name a line after the mistake. So they are
 * only a hint. For the commonest mistakes, the line and the reason come from a second look at the
 * text.
 */
final class HoconMistake {
  private static final String DEFAULTS = "reference.conf @ ";
  private static final String ENVIRONMENT = "env variables";
  private static final int MAX_SHOWN = 60;
  private static final Pattern BINARY = Pattern.compile("[\\x00-\\x08\\x0e-\\x1f]");
  private static final Pattern YAML_SECTION =
      Pattern.compile("\\s*(?:-\\s+)?([\\w.-]+):\\s*(?:#.*)?");
  private static final Pattern YAML_START = Pattern.compile("---\\s*");
  private static final Pattern STRAY_KEY = Pattern.compile("Key '(.*?)' may not be followed");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[=:]\\s*(\\d+),(\\d+ *[a-z%]*)");
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{[^}]*}");
  private static final Pattern UNEXPECTED = Pattern.compile("(?:token:|got) '(.)'");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:\\[[0-9a-f:.]*]|[^\\s,='\"{}\\[\\]]+):(?://|\\d)"
              + "(?:[^\\s,'\"{}]*[^\\s,'\"{}\\]])?");
  private static final String TEMPLATE = "; expected firstanswer { ... } in HOCON";

  private final Path file;
  private final String text;
  private final List<String> lines;

  /** Begins with {@code file}, which holds {@code text}. */
  HoconMistake(Path file, String text) {
    this.file = file;
    this.text = text;
    this.lines = text.lines().toList();
  }

  /** Explains {@code e} to people, in one line. */
  String describe(ConfigException e) {
    if (BINARY.matcher(text).find()) {
      return file + ": is not a text file in UTF-8" + TEMPLATE;
    }
    if (e instanceof RequiredIncludes.Missing missing) {
      return missingInclude(missing);
    }
    if (e instanceof ConfigException.WrongType) {
      return file + ":1: is a list" + TEMPLATE;
    }
    if (e instanceof ConfigException.IO) {
      return file + ": cannot be read";
    }
    int line = e.origin() == null ? 1 : Math.max(1, e.origin().lineNumber());
    return yaml()
        .or(() -> comma(line))
        .or(() -> quote(e.getMessage(), line))
        .or(() -> address(e.getMessage(), line))
        .or(this::bracket)
        .or(() -> strayKey(e.getMessage(), line))
        .orElseGet(() -> at(line, reason(e)));
  }

  /** Explains a substitution {@code ${x}} whose {@code x} has no value. */
  static String unresolved(ConfigException.UnresolvedSubstitution e) {
    Matcher substitution = SUBSTITUTION.matcher(e.getMessage());
    String name = substitution.find() ? substitution.group() : "a ${...}";
    String reason =
        e.getMessage().contains("cycle")
            ? "its own value depends on it"
            : "no key and no environment variable has this name";
    return place(e.origin()) + ": cannot replace " + name + ": " + reason;
  }

  /** The file and the line, as compilers write them. */
  static String place(ConfigOrigin origin) {
    String description = origin.description();
    if (description.startsWith(DEFAULTS)) {
      return "default";
    }
    return description.startsWith(ENVIRONMENT)
        ? "environment"
        : description.replaceFirst(": (\\d+)(-\\d+)?$", ":$1");
  }

  private String missingInclude(RequiredIncludes.Missing missing) {
    int line = 0;
    while (line < lines.size() && !lines.get(line).contains(missing.name)) {
      line++;
    }
    return file
        + (line < lines.size() ? ":" + (line + 1) : "")
        + ": include \""
        + missing.name
        + "\": no such file (looked in "
        + missing.folder
        + ")";
  }

  /** The mistake of writing YAML: a key with a colon at the end of a line, or three hyphens. */
  private Optional<String> yaml() {
    for (int i = 0; i < lines.size(); i++) {
      Matcher section = YAML_SECTION.matcher(lines.get(i));
      if (YAML_START.matcher(lines.get(i)).matches()) {
        return Optional.of(at(i + 1, "this is YAML; expected firstanswer { ... }"));
      }
      if (section.matches() && !opensBracket(i + 1)) {
        String braces = "a section needs braces, as in " + section.group(1) + " { ... }";
        return Optional.of(at(i + 1, braces + " (is this YAML?)"));
      }
    }
    return Optional.empty();
  }

  private boolean opensBracket(int index) {
    return index < lines.size() && lines.get(index).strip().matches("[{\\[].*");
  }

  private Optional<String> comma(int line) {
    for (int i = Math.min(line, lines.size()); i > 0; i--) {
      Matcher comma = DECIMAL_COMMA.matcher(lines.get(i - 1));
      if (comma.find()) {
        String number = comma.group(1) + "." + comma.group(2);
        return Optional.of(at(i, "a comma ends a value; write " + number));
      }
    }
    return Optional.empty();
  }

  private Optional<String> quote(String message, int line) {
    return message.contains("newline in quoted") || message.contains("still open")
        ? Optional.of(at(line, "a quote is not closed; expected \" at the end of the text"))
        : Optional.empty();
  }

  private Optional<String> address(String message, int line) {
    Matcher sign = UNEXPECTED.matcher(message);
    if (!sign.find() || !sign.group(1).equals(":") || line > lines.size()) {
      return Optional.empty();
    }
    Matcher address = ADDRESS.matcher(QUOTED.matcher(lines.get(line - 1)).replaceAll("\"\""));
    return address.find()
        ? Optional.of(
            at(line, "a text with a colon needs quotes; write \"" + address.group() + '"'))
        : Optional.empty();
  }

  private Optional<String> bracket() {
    return OpenBrackets.find(text)
        .map(
            bracket ->
                at(
                    bracket.line(),
                    bracket.opens()
                        ? bracket.sign()
                            + " is not closed; expected "
                            + (bracket.sign() == '{' ? "} after its last key" : "] after its items")
                        : bracket.sign() + " closes nothing; remove it"));
  }

  /** The parser reports a key without a value at what follows, which may be lines later. */
  private Optional<String> strayKey(String message, int line) {
    Matcher stray = STRAY_KEY.matcher(message);
    if (!stray.find()) {
      return Optional.empty();
    }
    int i = Math.min(line, lines.size());
    while (i > 1 && !lines.get(i - 1).contains(stray.group(1))) {
      i--;
    }
    return Optional.of(at(i, "expected KEY = VALUE or KEY { ... }"));
  }

  private static String reason(ConfigException e) {
    if (e instanceof ConfigException.BadPath) {
      return "a key has no empty parts; expected one such as firstanswer.ls.text";
    }
    if (e.getMessage().contains("backslash")) {
      return "a backslash in quotes is written twice, \\\\";
    }
    if (e.getMessage().contains("include statements nested")) {
      return "the file includes itself";
    }
    if (e.getMessage().contains("include")) {
      return "expected include \"FILE\"";
    }
    Matcher sign = UNEXPECTED.matcher(e.getMessage());
    return sign.find()
        ? "a text with " + sign.group(1) + " needs quotes"
        : "expected KEY = VALUE or KEY { ... }";
  }

  /** Puts {@code reason} at {@code line}; if it is blank, at the last line before that is not. */
  private String at(int line, String reason) {
    int i = Math.min(line, lines.size());
    while (i > 1 && lines.get(i - 1).isBlank()) {
      i--;
    }
    String read = i == 0 ? "" : lines.get(i - 1).strip().replaceAll("\\p{Cntrl}", " ");
    String shown = read.length() > MAX_SHOWN ? read.substring(0, MAX_SHOWN) + "..." : read;
    return file + ":" + Math.max(i, 1) + ": cannot read \"" + shown + "\" as HOCON: " + reason;
  }
}
