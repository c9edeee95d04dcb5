package firstanswer.table.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ObjIntConsumer;

/** The lines of a file that has one record a line. */
final class TextLines {
  /** What editors of one system put in front of a text: U+FEFF in UTF-8, read byte by byte. */
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private TextLines() {}

  /** Hands each line and its number to {@code reader}, until there are many problems. */
  static void read(Path path, Problems problems, ObjIntConsumer<String> reader) {
    // Latin-1 takes any byte: a byte that is no part of a name is found with its line, like any
    // error.
    try (BufferedReader lines = Files.newBufferedReader(path, ISO_8859_1)) {
      String line;
      int number = 0;
      while ((line = lines.readLine()) != null && !problems.areMany()) {
        number++;
        reader.accept(number == 1 ? withoutByteOrderMark(line) : line, number);
      }
    } catch (IOException e) {
      problems.add(e);
    }
  }

  private static String withoutByteOrderMark(String line) {
    return line.startsWith(BYTE_ORDER_MARK) ? line.substring(BYTE_ORDER_MARK.length()) : line;
  }
}
