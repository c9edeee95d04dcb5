package firstanswer.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says why a file that the operator names cannot be read. */
public final class ReadableFile {
  private ReadableFile() {}

  /**
   * A few words for people; empty when {@code file} can be read. Does not open it, since a pipe can
   * be opened only once.
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

  /** Relative paths start at the working directory, which operators often take for another. */
  private static String whereLooked(Path file) {
    return file.isAbsolute() ? "" : " (looked in " + Path.of("").toAbsolutePath() + ")";
  }
}
