package firstanswer.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says why a file that the operator names cannot be read. */
public final class ReadableFile {
  private ReadableFile() {}

  /**
   * The problem in a few words for people; empty if {@code file} can be read. Does not open the
   * file, since a pipe can be opened only once.
   */
  public static Optional<String> problem(Path file) {
    if (!Files.exists(file)) {
      return Optional.of("no such file" + whereLooked(file));
    }
    if (Files.isDirectory(file)) {
      return Optional.of("is a directory, not a file");
    }
    return Files.isReadable(file) ? Optional.empty() : Optional.of("permission denied");
  }

  /**
   * The problem with a file that must fit into memory as a whole: a device or a named pipe may
   * never end. A pipe without a name is fine; the shell makes one for {@code <(...)} and for {@code
   * |}.
   *
   * @param maxBytes the length that the memory has room for
   */
  public static Optional<String> problemOfWhole(Path file, long maxBytes) {
    return problem(file).or(() -> problemOfLength(file, maxBytes));
  }

  private static Optional<String> problemOfLength(Path file, long maxBytes) {
    try {
      if (!Files.isRegularFile(file)) {
        return hasName(file)
            ? Optional.of("is a device or a named pipe, not a file")
            : Optional.empty();
      }
      return Files.size(file) > maxBytes
          ? Optional.of("has " + Files.size(file) + " bytes; expected at most " + maxBytes)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  /**
   * Whether a pipe has a name. The link {@code /dev/fd/N} to a pipe without a name leads nowhere.
   */
  private static boolean hasName(Path file) {
    try {
      return Files.exists(file.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  /** Names the working directory, at which relative paths start: operators often expect another. */
  private static String whereLooked(Path file) {
    return file.isAbsolute() ? "" : " (looked in " + Path.of("").toAbsolutePath() + ")";
  }
}
