package firstanswer.table.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/**
 * The folder of a zone file, out of which {@code $INCLUDE} does not lead: not by an absolute path,
 * not by {@code ..}, not by a symbolic link.
 */
final class IncludeFolder {
  private final Path folder;

  /**
   * The folder that {@code file} is in.
   *
   * @throws IOException if there is no such folder
   */
  static IncludeFolder of(Path file) throws IOException {
    return new IncludeFolder(file.toAbsolutePath().getParent().toRealPath());
  }

  private IncludeFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The real path of the file that {@code includer} includes as {@code written}.
   *
   * @throws IOException with a message for people, if it may not or cannot be included
   */
  Path find(Path includer, String written) throws IOException {
    Path path = Path.of(written);
    boolean leadsUp =
        StreamSupport.stream(path.spliterator(), false).anyMatch(p -> p.toString().equals(".."));
    if (path.isAbsolute() || leadsUp) {
      throw leadsOut(written);
    }
    Path real = realPath(includer.toAbsolutePath().resolveSibling(path), written);
    if (!real.startsWith(folder)) {
      throw leadsOut(written);
    }
    if (!Files.isRegularFile(real)) {
      throw new IOException("$INCLUDE " + written + ": not a file");
    }
    return real;
  }

  private static Path realPath(Path path, String written) throws IOException {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new IOException("$INCLUDE " + written + ": " + FileProblem.of(e), e);
    }
  }

  private IOException leadsOut(String written) {
    return new IOException(
        "$INCLUDE " + written + ": expected a file in the folder of the table file, " + folder);
  }
}
