package firstanswer.table.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Collects the problems with one table file and the files that it includes, as lines for people.
 */
final class Problems {
  /** The most problems to report: a file of another format has a problem in every line. */
  private static final int MAX_PROBLEMS = 20;

  private static final int MAX_SHOWN = 200;

  /** The place of a problem; lines count from 1. */
  record Place(Path file, int line) {}

  private final Path table;
  private final List<String> lines = new ArrayList<>();

  /** Starts without problems; {@code table} is the path that the configuration gives the file. */
  Problems(Path table) {
    this.table = table;
  }

  /**
   * Adds a problem, unless there are too many already.
   *
   * @param what may quote the file; unprintable bytes become question marks
   */
  void add(Place place, String what) {
    if (!areMany()) {
      lines.add(place.file() + ":" + place.line() + ": " + printable(what));
    }
  }

  /** Adds the problem that the table file cannot be read at all. */
  void add(IOException failure) {
    lines.add(table + ": " + FileProblem.of(failure));
  }

  boolean areNone() {
    return lines.isEmpty();
  }

  /** Whether there are so many problems that the reader should stop. */
  boolean areMany() {
    return lines.size() >= MAX_PROBLEMS;
  }

  /** All problems; if there are too many, a last line says that there may be others. */
  List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    if (areMany()) {
      all.add(table + ": stopped after " + MAX_PROBLEMS + " problems; there may be others");
    }
    return all;
  }

  private static String printable(String text) {
    return shortened(Objects.requireNonNullElse(text, "unreadable"), MAX_SHOWN)
        .replaceAll("[^\\x20-\\x7e…]", "?");
  }

  /** The first {@code length} characters of {@code text}, which may be as long as a file. */
  static String shortened(String text, int length) {
    return text.length() > length ? text.substring(0, length) + "…" : text;
  }
}
