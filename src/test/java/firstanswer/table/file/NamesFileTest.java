package firstanswer.table.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import firstanswer.config.TableFileSettings;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.table.Table;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesFileTest {
  @TempDir private Path folder;

  @Test
  void blanksCommentsAndLineEndsAreIgnored() throws Exception {
    Table table =
        read(
            "\u00ef\u00bb\u00bf# a comment\r\n\r\nA.example\t 192.0.2.1  A\r\n  # another\nb.example 192.0.2.2 A");
    assertThat(table.size()).isEqualTo(2);
    assertThat(answer(table, "a.EXAMPLE")).contains("A.example 192.0.2.1 A IN");
    assertThat(answer(table, "b.example")).contains("b.example 192.0.2.2 A IN");
    assertThat(answer(table, "c.example")).isEmpty();
  }

  @Test
  void repeatedNameKeepsItsFirstSpelling() throws Exception {
    Table table = read("A.example 192.0.2.1 A\na.example 192.0.2.1 A\n");
    assertThat(answer(table, "a.example")).contains("A.example 192.0.2.1 A IN");
  }

  @Test
  void emptyFileMakesAnEmptyTable() throws Exception {
    assertThat(read("").size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b.example 192.0.2.2 | expected \"Name IPaddress A\", found \"b.example 192.0.2.2\"",
        "b.example 192.0.2.2 A IN | expected \"Name IPaddress A\", found",
        "b..example 192.0.2.2 A | expected a host name such as www.example.org, found \"b..example\"",
        "EOF 192.0.2.2 A | expected a name other than EOF, which ends a text conversation, found \"EOF\"",
        "b.example 192.0.2 A | expected an IPv4 address such as 192.0.2.1, found \"192.0.2\"",
        "b.example 2001:db8::1 A | expected an IPv4 address such as 192.0.2.1, found \"2001:db8::1\"",
        "b.example 192.0.2.2 AAAA | expected the type A, found \"AAAA\"",
        "A.EXAMPLE 192.0.2.2 A | expected the address that A.EXAMPLE has above, 192.0.2.1, found \"192.0.2.2\"",
      })
  void badLineIsReportedWithFileAndLine(String line, String problem) throws IOException {
    TableException e = readBad("a.example 192.0.2.1 A\n\n" + line + "\n");
    assertThat(e.problems())
        .singleElement()
        .asString()
        .startsWith(folder.resolve("table.txt") + ":3: " + problem);
  }

  @Test
  void unprintableBytesAreReportedAsQuestionMarks() throws IOException {
    TableException e = readBad("\u0000\u001b[2J\u00ff 192.0.2.1 A\n");
    assertThat(e.problems())
        .singleElement()
        .asString()
        .endsWith(":1: expected a host name such as www.example.org, found \"??[2J?\"");
  }

  @Test
  void everyBadLineIsReportedUpToTwenty() throws IOException {
    assertThat(readBad("bad\nworse\n").problems()).hasSize(2);
    assertThat(readBad("bad\n".repeat(1000)).problems()).hasSize(21);
  }

  @Test
  void missingFileIsReported() {
    Path missing = folder.resolve("missing.txt");
    TableException e =
        catchThrowableOfType(TableException.class, () -> TableFiles.read(names(missing)));
    assertThat(e.problems()).containsExactly(missing + ": no such file");
  }

  @Test
  void folderInPlaceOfAFileIsReported() {
    TableException e =
        catchThrowableOfType(TableException.class, () -> TableFiles.read(names(folder)));
    assertThat(e.problems())
        .singleElement()
        .asString()
        .isEqualTo(folder + ": is a directory, not a file");
  }

  @Test
  void deviceInPlaceOfAFileIsReported() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device));
    TableException e =
        catchThrowableOfType(TableException.class, () -> TableFiles.read(names(device)));
    assertThat(e.problems()).containsExactly("/dev/zero: is a device or a named pipe, not a file");
  }

  @Test
  void fileThatTheMemoryCannotHoldIsReported() throws IOException {
    Path file = folder.resolve("huge.txt");
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(TableFiles.maxBytes() + 1);
    }
    TableException e =
        catchThrowableOfType(TableException.class, () -> TableFiles.read(names(file)));
    assertThat(e.problems())
        .containsExactly(
            file
                + ": has "
                + (TableFiles.maxBytes() + 1)
                + " bytes; expected at most "
                + TableFiles.maxBytes());
  }

  private static List<TableFileSettings> names(Path file) {
    return List.of(new TableFileSettings(file, TableFileSettings.Kind.NAMES, Optional.empty()));
  }

  private Table read(String content) throws IOException, TableException {
    return TableFiles.read(names(write(content)));
  }

  private TableException readBad(String content) throws IOException {
    Path file = write(content);
    return catchThrowableOfType(TableException.class, () -> TableFiles.read(names(file)));
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("table.txt"), content, ISO_8859_1);
  }

  private static Optional<String> answer(Table table, String name) {
    return table
        .line(DomainName.parse(name).orElseThrow())
        .map(answer -> ((Content.Line) answer.content()).text());
  }
}
