package firstanswer.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The names of a batch.
 *
 * @param source reads the lines one by one; may block. Lines that are not {@link #isName} are
 *     passed over
 * @param count the number of names, for the progress bar; -1 if unknown. May block
 */
public record Names(Supplier<Iterator<String>> source, LongSupplier count) {
  private static final long UNKNOWN = -1;

  /** Names from the command line. */
  public static Names of(List<String> names) {
    return new Names(names::iterator, names::size);
  }

  /** The lines of standard input. */
  public static Names ofStandardInput() {
    BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, ISO_8859_1));
    return new Names(() -> reader.lines().iterator(), () -> UNKNOWN);
  }

  /**
   * The lines of a file, read as they are needed.
   *
   * @throws IOException if the file cannot be opened
   */
  public static Names of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("is a directory");
    }
    BufferedReader reader = Files.newBufferedReader(file, ISO_8859_1);
    return new Names(() -> reader.lines().iterator(), () -> count(file));
  }

  /** Whether a line is a name to ask for, and not blank or a comment. */
  static boolean isName(String line) {
    return !line.isBlank() && !line.stripLeading().startsWith("#");
  }

  /** Only a regular file can be read twice; a pipe cannot. */
  private static long count(Path file) {
    if (!Files.isRegularFile(file)) {
      return UNKNOWN;
    }
    try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
      return lines.filter(Names::isName).count();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
