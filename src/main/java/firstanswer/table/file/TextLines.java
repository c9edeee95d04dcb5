package firstanswer.table.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The lines of a file with one record per line. Reports problems with the line being read. */
final class TextLines {
  private static final int MAX_SHOWN = 80;

  private final Path path;
  private final Problems problems;
  private int number;

  TextLines(Path path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /**
   * Reads the file and hands over each line, until there are too many problems.
   *
   * <p>The encoding is Latin-1, which decodes any byte. A byte that belongs to no name is thus a
   * problem of its line, like any other mistake.
   */
  void forEach(Consumer<String> reader) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      ByteOrderMark.skip(in);
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, ISO_8859_1));
      String line;
      while ((line = lines.readLine()) != null && !problems.areMany()) {
        number++;
        reader.accept(line);
      }
    } catch (IOException e) {
      problems.add(e);
    }
  }

  /** Reports that the line has {@code found} where it should have {@code what}. */
  void expected(String what, String found) {
    problem("expected " + what + ", found \"" + Problems.shortened(found, MAX_SHOWN) + "\"");
  }

  /** Reports a problem with the line. */
  void problem(String what) {
    problems.add(new Problems.Place(path, number), what);
  }
}
