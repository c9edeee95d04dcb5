package firstanswer.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import firstanswer.client.BatchClient;
import firstanswer.config.ReadableFile;
import firstanswer.table.file.FileProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The names of a batch.
 *
 * @param source reads them one by one
 * @param count how many there are, for the progress bar; -1 where nobody can know
 */
record Names(Supplier<Iterator<String>> source, LongSupplier count) {
  /** Where the configuration names a file of names. */
  static final String INPUT = "firstanswer.client.input = ";

  private static final long UNKNOWN = -1;

  static Names of(List<String> names) {
    return new Names(names::iterator, names::size);
  }

  static Names ofStandardInput() {
    BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, ISO_8859_1));
    return new Names(() -> reader.lines().iterator(), () -> UNKNOWN);
  }

  /**
   * The lines of a file, read as they are needed.
   *
   * @param namedBy what names the file, such as {@link #INPUT}
   * @throws CannotStart if it cannot be opened
   */
  static Names of(String namedBy, Path file) throws CannotStart {
    Optional<String> problem = problem(namedBy, file);
    if (problem.isPresent()) {
      throw new CannotStart(problem.get());
    }
    try {
      BufferedReader reader = Files.newBufferedReader(file, ISO_8859_1);
      return new Names(() -> reader.lines().iterator(), () -> count(file));
    } catch (IOException e) {
      throw new CannotStart(namedBy + file + ": names cannot be read: " + FileProblem.of(e));
    }
  }

  /** Why the names in {@code file} cannot be read. */
  static Optional<String> problem(String namedBy, Path file) {
    return ReadableFile.problem(file)
        .map(what -> namedBy + file + ": names cannot be read: " + what);
  }

  /** A pipe can be read only once. */
  private static long count(Path file) {
    if (!Files.isRegularFile(file)) {
      return UNKNOWN;
    }
    try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
      return lines.filter(BatchClient::isName).count();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
