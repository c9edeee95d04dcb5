package firstanswer.table.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/**
 * The folder of a zone file. An {@code $INCLUDE} cannot leave it: not by an absolute path, not by
 * {@code ..}, not by a symbolic link.
 */
final class IncludeFolder {
  private final Path folder;

  /**
   * The folder of {@code file}.
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
   * The real path of a file that {@code includer} includes.
   *
   * @param written the path in the {@code $INCLUDE}
   * @throws IOException with a message for people, if the file must not or cannot be included
   */
  Path find(Path includer, String written) throws IOException {
    Path path = Path.of(written);
    boolean leadsUp =
        StreamSupport.stream(path.spliterator(), false).anyMatch(p -> p.toString().equals(".."));
    if (path.isAbsolute() || leadsUp) {
      throw outside(written);
    }
    Path real = realPath(includer.toAbsolutePath().resolveSibling(path), written);
    if (!real.startsWith(folder)) {
      throw outside(written);
    }
    if (!Files.isRegularFile(real)) {
      throw new IOException("$INCLUDE " + written + ": expected a regular file");
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

  private IOException outside(String written) {
    return new IOException(
        "$INCLUDE " + written + ": expected a file in the folder of the table file, " + folder);
  }
}
