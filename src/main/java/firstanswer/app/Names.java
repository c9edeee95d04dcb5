package firstanswer.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The names of a batch.
 *
 * @param source reads them one by one
 * @param count how many lines there are, where that can be known
 */
record Names(Supplier<Iterator<String>> source, OptionalLong count) {

  static Names of(List<String> names) {
    return new Names(names::iterator, OptionalLong.of(names.size()));
  }

  static Names ofStandardInput() {
    BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, ISO_8859_1));
    return new Names(() -> reader.lines().iterator(), OptionalLong.empty());
  }

  /**
   * The lines of a file, read as they are needed.
   *
   * @throws CannotStart if it cannot be opened
   */
  static Names of(Path file) throws CannotStart {
    try {
      BufferedReader reader = Files.newBufferedReader(file, ISO_8859_1);
      return new Names(() -> reader.lines().iterator(), OptionalLong.empty());
    } catch (IOException e) {
      throw new CannotStart(file + ": names cannot be read: " + CannotStart.reason(e));
    }
  }
}
