package firstanswer.table.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is wrong with a table file and those that it includes: lines for people, as many as help.
 */
final class Problems {
  /** A file of another kind would have one a line. */
  private static final int MAX = 20;

  private static final int MAX_SHOWN = 200;

  /** Where something stands; lines are counted from 1. */
  record Place(Path file, int line) {}

  private final Path table;
  private final List<String> lines = new ArrayList<>();

  /** Of {@code table}, which is what the configuration calls the file. */
  Problems(Path table) {
    this.table = table;
  }

  /** One more; {@code what} may quote the file, whatever bytes it has. */
  void add(Place place, String what) {
    if (!areMany()) {
      lines.add(place.file() + ":" + place.line() + ": " + printable(what));
    }
  }

  /** The table file cannot be read at all. */
  void add(IOException failure) {
    lines.add(table + ": " + FileProblem.of(failure));
  }

  boolean areNone() {
    return lines.isEmpty();
  }

  /** Whether to stop looking for more. */
  boolean areMany() {
    return lines.size() >= MAX;
  }

  List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    if (areMany()) {
      all.add(table + ": and perhaps more");
    }
    return all;
  }

  private static String printable(String text) {
    return shortened(Objects.requireNonNullElse(text, "unreadable"), MAX_SHOWN)
        .replaceAll("[^\\x20-\\x7e…]", "?");
  }

  /** The beginning of what may be as long as a file. */
  static String shortened(String text, int length) {
    return text.length() > length ? text.substring(0, length) + "…" : text;
  }
}
