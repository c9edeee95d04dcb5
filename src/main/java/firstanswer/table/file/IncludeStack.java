package firstanswer.table.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Reads a table file and the master files that it includes, directly or not. */
final class IncludeStack {
  private static final int MAX_DEPTH = 8;

  private final IncludeFolder folder;
  private final Problems problems;
  private final BiConsumer<Record, Problems.Place> zone;
  private final Deque<Path> open = new ArrayDeque<>();

  /**
   * Starts without an open file.
   *
   * @param folder the folder that included files must be in
   * @param zone takes the records, in their order
   */
  IncludeStack(IncludeFolder folder, Problems problems, BiConsumer<Record, Problems.Place> zone) {
    this.folder = folder;
    this.problems = problems;
    this.zone = zone;
  }

  /**
   * Reads the table file and all that it includes.
   *
   * @param path the path that the configuration gives the file
   * @param origin ends relative names before the first {@code $ORIGIN}
   * @throws IOException if the table file cannot be opened
   */
  void read(Path path, Optional<Name> origin) throws IOException {
    read(path, path.toRealPath(), new MasterFileParser.Defaults(origin, OptionalLong.empty()));
  }

  /**
   * Reads a file that {@code includer} includes.
   *
   * @param written the path in the {@code $INCLUDE}
   * @throws IOException with a message for people, if the file must not or cannot be included
   */
  void include(Path includer, String written, MasterFileParser.Defaults defaults)
      throws IOException {
    Path real = folder.find(includer, written);
    if (open.contains(real)) {
      throw new IOException("$INCLUDE " + written + ": the file includes itself");
    }
    if (open.size() > MAX_DEPTH) {
      throw new IOException(
          "$INCLUDE " + written + ": expected at most " + MAX_DEPTH + " nested includes");
    }
    read(includer.resolveSibling(written), real, defaults);
  }

  /**
   * Opens {@code real}, which was checked, and not {@code path}, which may have become a link to
   * another file since then.
   */
  private void read(Path path, Path real, MasterFileParser.Defaults defaults) throws IOException {
    open.push(real);
    try (LineCountingStream in = LineCountingStream.open(real)) {
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
