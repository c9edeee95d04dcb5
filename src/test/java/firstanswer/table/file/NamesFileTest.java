package firstanswer.table.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstanswer.config.TableFileSettings;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.table.Table;
import java.io.IOException;
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
  void readsNamesAndIgnoresBlanksCommentsAndLineEnds() throws Exception {
    Table table =
        read(
            "\u00ef\u00bb\u00bf# a comment\r\n\r\nA.example\t 192.0.2.1  A\r\n  # another\nb.example 192.0.2.2 A");
    assertThat(table.size()).isEqualTo(2);
    assertThat(answer(table, "a.EXAMPLE")).contains("A.example 192.0.2.1 A IN");
    assertThat(answer(table, "b.example")).contains("b.example 192.0.2.2 A IN");
    assertThat(answer(table, "c.example")).isEmpty();
  }

  @Test
  void aNameMayStandTwiceWithTheSameAddressInItsFirstSpelling() throws Exception {
    Table table = read("A.example 192.0.2.1 A\na.example 192.0.2.1 A\n");
    assertThat(answer(table, "a.example")).contains("A.example 192.0.2.1 A IN");
  }

  @Test
  void anEmptyFileIsAnEmptyTable() throws Exception {
    assertThat(read("").size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "b.example 192.0.2.2, expected \"Name IPaddress A\"",
    "b.example 192.0.2.2 A IN, expected \"Name IPaddress A\"",
    "b..example 192.0.2.2 A, not a host name: b..example",
    "EOF 192.0.2.2 A, not a host name: EOF",
    "b.example 192.0.2 A, not an IPv4 address: 192.0.2",
    "b.example 2001:db8::1 A, not an IPv4 address: 2001:db8::1",
    "b.example 192.0.2.2 AAAA, not type A: AAAA",
    "A.EXAMPLE 192.0.2.2 A, 'two addresses, 192.0.2.1 and 192.0.2.2'",
  })
  void aBadLineIsAnErrorWithFileAndLineNumber(String line, String problem) throws IOException {
    TableException e = readBad("a.example 192.0.2.1 A\n\n" + line + "\n");
    assertThat(e.problems())
        .singleElement()
        .asString()
        .startsWith(folder.resolve("table.txt") + ":3: ")
        .contains(problem);
  }

  @Test
  void bytesThatAreNoTextDoNotReachTheScreen() throws IOException {
    TableException e = readBad("\u0000\u001b[2J\u00ff 192.0.2.1 A\n");
    assertThat(e.problems()).singleElement().asString().endsWith(":1: not a host name: ??[2J?");
  }

  @Test
  void everyBadLineIsReportedUpToALimit() throws IOException {
    assertThat(readBad("bad\nworse\n").problems()).hasSize(2);
    assertThat(readBad("bad\n".repeat(1000)).problems()).hasSize(21);
  }

  @Test
  void aMissingFileIsAnError() {
    Path missing = folder.resolve("missing.txt");
    TableException e =
        catchThrowableOfType(TableException.class, () -> TableFiles.read(names(missing)));
    assertThat(e.problems()).containsExactly(missing + ": no such file");
  }

  @Test
  void aFolderIsNoTable() {
    TableException e =
        catchThrowableOfType(TableException.class, () -> TableFiles.read(names(folder)));
    assertThat(e.problems()).singleElement().asString().isEqualTo(folder + ": Is a directory");
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
