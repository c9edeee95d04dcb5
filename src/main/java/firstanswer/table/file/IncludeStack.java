package firstanswer.table.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** A master file and those that it includes, one inside the other. */
final class IncludedFiles {
  private static final int MAX_DEPTH = 8;

  private final IncludeFolder folder;
  private final Problems problems;
  private final BiConsumer<Record, Problems.Place> zone;
  private final Deque<Path> open = new ArrayDeque<>();

  /**
   * Nothing is read yet.
   *
   * @param folder where included files must be
   * @param zone takes the records in their order
   */
  IncludedFiles(IncludeFolder folder, Problems problems, BiConsumer<Record, Problems.Place> zone) {
    this.folder = folder;
    this.problems = problems;
    this.zone = zone;
  }

  /**
   * Reads the first file and all that it includes.
   *
   * @param path as the configuration has it
   * @throws IOException if it cannot be opened
   */
  void read(Path path, Optional<Name> origin) throws IOException {
    read(path, path.toRealPath(), new MasterFileParser.Defaults(origin, -1));
  }

  /**
   * Reads a file that {@code includer} includes as {@code written}.
   *
   * @param defaults what holds at its beginning
   * @throws IOException with a message for people, if it may not or cannot be included
   */
  void include(Path includer, String written, MasterFileParser.Defaults defaults)
      throws IOException {
    Path real = folder.find(includer, written);
    if (open.contains(real)) {
      throw new IOException("$INCLUDE " + written + ": a file that includes itself");
    }
    if (open.size() > MAX_DEPTH) {
      throw new IOException("$INCLUDE " + written + ": more than " + MAX_DEPTH + " files deep");
    }
    read(includer.resolveSibling(written), real, defaults);
  }

  /** Opens the very file that was checked, whatever its name has come to mean since. */
  private void read(Path path, Path real, MasterFileParser.Defaults defaults) throws IOException {
    open.push(real);
    try (LineCounter in = LineCounter.open(real)) {
      new MasterFileParser(path, in, defaults, this).read();
    } finally {
      open.pop();
    }
  }

  Problems problems() {
    return problems;
  }

  void add(Record record, Problems.Place place) {
    zone.accept(record, place);
  }
}
