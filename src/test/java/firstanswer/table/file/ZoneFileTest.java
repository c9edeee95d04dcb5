package firstanswer.table.file;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.config.TableFileSettings;
import firstanswer.table.TestTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneFileTest {
  @TempDir private Path outside;
  private TestTable table;

  @BeforeEach
  void folder() throws IOException {
    table = new TestTable(Files.createDirectories(outside.resolve("zones")));
  }

  @Test
  void entriesInheritOwnerTtlAndOrigin() throws Exception {
    table.withZone(
        "example.org",
        """
        $TTL 2h ; two hours
        a       A     192.0.2.1
                AAAA  2001:db8::1
                IN 60 TXT ( "one"
                            "two" )
        $ORIGIN lab.example.org.
        b 1m IN A     192.0.2.2
        $ORIGIN deep
        @       A     192.0.2.3
        """);
    assertThat(table.problems()).isEmpty();
    assertThat(table.shortAnswer("a.example.org", "AAAA")).contains(" 7200 AAAA ");
    assertThat(table.shortAnswer("a.example.org", "TXT")).endsWith(" 60 TXT one two");
    assertThat(table.shortAnswer("b.lab.example.org", "A")).endsWith(" 60 A 192.0.2.2");
    assertThat(table.shortAnswer("deep.lab.example.org", "A")).endsWith(" 7200 A 192.0.2.3");
  }

  @Test
  void originIsTheFileNameUnlessTheSettingNamesOne() throws Exception {
    table
        .with("lab.zone", TestTable.SOA + "a 60 A 192.0.2.1\n", "?origin=lab.example.org")
        .withZone("example.com", "a 60 A 192.0.2.2\n");
    assertThat(table.shortAnswer("a.lab.example.org", "A")).endsWith(" 60 A 192.0.2.1");
    assertThat(table.shortAnswer("a.example.com", "A")).endsWith(" 60 A 192.0.2.2");
  }

  @Test
  void soaWithoutTtlGivesItsMinimumToAllRecords() throws Exception {
    table.with(
        "example.org.zone",
        "\u00ef\u00bb\u00bf@ IN SOA ns hostmaster 1 7200 3600 1209600 120\r\na A 192.0.2.1\r\n");
    assertThat(table.shortAnswer("a.example.org", "A")).endsWith(" 120 A 192.0.2.1");
    assertThat(table.shortAnswer("example.org", "SOA")).endsWith(" 120 SOA");
  }

  @Test
  void negativeTtlIsTheLesserOfSoaTtlAndMinimum() throws Exception {
    table.with("example.org.zone", "@ 30 IN SOA ns hostmaster 1 7200 3600 1209600 120\n");
    assertThat(table.shortAnswer("a.example.org", "A")).endsWith(" / example.org. 30 SOA");
  }

  @Test
  void soaMayFollowOtherRecords() throws Exception {
    table.with("example.org.zone", "a.b 60 A 192.0.2.1\n" + TestTable.SOA);
    assertThat(table.shortAnswer("a.b.example.org", "A")).endsWith(" 60 A 192.0.2.1");
    assertThat(table.shortAnswer("b.example.org", "A")).startsWith("NODATA ");
  }

  @Test
  void generateMakesOneRecordPerNumber() throws Exception {
    table.withZone("example.org", "$GENERATE 1-9/4 h${0,2,d} 60 A 192.0.2.$\n");
    assertThat(table.shortAnswer("h09.example.org", "A")).endsWith(" 60 A 192.0.2.9");
    assertThat(table.shortAnswer("h02.example.org", "A")).startsWith("NXDOMAIN");
    assertThat(table.read().size()).isEqualTo(4);
  }

  @Test
  void includedFilesKeepTheirOriginToThemselves() throws Exception {
    table.write("sub/one.inc", "$ORIGIN elsewhere.example.org.\n$INCLUDE two.inc\n");
    table.write("sub/two.inc", "b 60 A 192.0.2.2\n");
    table.write("three.inc", "c 60 A 192.0.2.3\n");
    table.withZone(
        "example.org", "$INCLUDE sub/one.inc\n$INCLUDE three.inc lab\na 60 A 192.0.2.1\n");
    assertThat(table.problems()).isEmpty();
    assertThat(table.shortAnswer("b.elsewhere.example.org", "A")).endsWith(" A 192.0.2.2");
    assertThat(table.shortAnswer("c.lab.example.org", "A")).endsWith(" A 192.0.2.3");
    assertThat(table.shortAnswer("a.example.org", "A")).endsWith(" A 192.0.2.1");
  }

  /** The entries from line 2 of a zone on, and the first problem without the file name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 60 A 192.0.2               | 2: Invalid address: 192.0.2",
        "a 60 A                       | 2: expected an address",
        "a 60 A 192.0.2.1 192.0.2.2   | 2: unexpected tokens at end of record",
        "a 60 AAAAA ::1               | 2: expected a record type such as A, found \"AAAAA\"",
        "a 60x A 192.0.2.1            | 2: expected a TTL, class or type, found \"60x\"",
        "a 60                         | 2: expected a string",
        "a..b 60 A 192.0.2.1          | 2: 'a..b': invalid empty label",
        "a 60 CH A 192.0.2.1          | 2: expected class IN, found CH",
        "a 60 TYPE255 \\# 0           | 2: expected a record type, found ANY, which is a type of questions only",
        "a 60 TXT \"open              | 2: newline in quoted string",
        "a 60 MX 10                   | 2: expected a name",
        "a.example.com. 60 A 192.0.2.1 | 2: expected an owner in the zone example.org., found a.example.com.",
        "sub 60 NS ns                 | 2: sub.example.org. NS: table servers do not serve delegations; expected NS records only at the apex example.org.",
        "sub 60 DNAME example.com.    | 2: sub.example.org. DNAME: table servers do not serve DNAME records",
        "@ 60 CNAME www               | 2: expected no other records beside a CNAME record, found example.org. CNAME beside SOA",
        "a 60 A 192.0.2.1;A 60 CNAME b | 3: expected no other records beside a CNAME record, found a.example.org. CNAME beside A",
        "a 60 CNAME b;a 60 A 192.0.2.1 | 3: expected no other records beside a CNAME record, found a.example.org. A beside CNAME",
        "a 60 CNAME b;a 60 CNAME c    | 3: expected no other records beside a CNAME record, found a.example.org. CNAME beside CNAME",
        "@ 60 SOA a b 1 2 3 4 5       | 2: expected one SOA record in the zone example.org., found a second",
        "www.example.org. 60 SOA a b 1 2 3 4 5 | 2: expected one SOA record in the zone example.org., found a second",
        "$INCLUDED a                  | 2: expected $ORIGIN, $TTL, $INCLUDE or $GENERATE, found \"$INCLUDED\"",
        "$TTL soon                    | 2: expected a TTL value",
        "$GENERATE 1-x h$ 60 A 192.0.2.$ | 2: $GENERATE 1-x: expected start-end or start-end/step",
        "$GENERATE 2-1 h$ 60 A 192.0.2.$ | 2: $GENERATE 2-1: expected 1 to 1000000 records",
        "$GENERATE 0-4294967295 h$ 60 A 192.0.2.$ | 2: $GENERATE 0-4294967295: expected 1 to 1000000",
        "$GENERATE 1-2 h${0,2000000000,d} 60 A 192.0.2.$ | 2: $GENERATE: expected numbers of at most 999 digits",
        "$GENERATE 1-2 h$ 60 MX 192.0.2.$ | 2: $GENERATE: expected the type A, AAAA, CNAME or PTR, found MX",
        "$GENERATE 255-256 h$ 60 A 192.0.2.$ | 2: Invalid address: 192.0.2",
        "$GENERATE 1-2 h$ 60 NS ns$   | 2: h1.example.org. NS: table servers do not serve delegations",
        "a 60 ( A;192.0.2;);b         | 2: Invalid address: 192.0.2",
      })
  void badEntryIsReportedWithFileAndLine(String entries, String problem) throws Exception {
    table.withZone("example.org", entries.replace(';', '\n') + "\n");
    assertThat(table.problems()).isNotEmpty();
    assertThat(table.problems().get(0)).startsWith("example.org.zone:" + problem);
    assertThat(table.problems()).noneMatch(p -> p.contains("<none>") || p.contains("Exception"));
  }

  @Test
  void everyBadEntryIsReportedButNoGoodOne() throws Exception {
    table.withZone("example.org", "a 60 A 1\nb 60 A 192.0.2.1\nc 60 NS\n  60 XX y\nd 60 MX 1 ns\n");
    assertThat(table.problems())
        .extracting(p -> p.substring(0, p.indexOf(' ')))
        .containsExactly("example.org.zone:2:", "example.org.zone:4:", "example.org.zone:5:");
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 1000})
  void readingStopsAfterTwentyProblems(int badEntries) throws Exception {
    table.withZone("example.org", "a 60 A 1\n".repeat(badEntries));
    assertThat(table.problems())
        .hasSize(21)
        .last()
        .isEqualTo("example.org.zone: stopped after 20 problems; there may be others");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                     | example.org.zone:1: expected an SOA record at the apex of the zone, found none",
        "a 60 A 192.0.2.1       | example.org.zone:1: expected an SOA record at the apex of the zone, found none",
        "a A 192.0.2.1          | example.org.zone:1: expected a TTL here, in a $TTL or in an earlier entry, found none",
        "')'                    | example.org.zone:1: invalid close parenthesis",
        "'\"'                    | example.org.zone:1: newline in quoted string",
        "$INCLUDE               | example.org.zone:1: expected a string",
        "'  60 A 192.0.2.1'     | example.org.zone:1: expected an owner here or in an earlier entry, found none",
      })
  void missingSoaTtlOrOwnerIsReported(String content, String problem) throws Exception {
    table.with("example.org.zone", content + "\n");
    assertThat(table.problems().get(0)).isEqualTo(problem);
  }

  @Test
  void relativeOwnerWithoutAnOriginIsReported() throws Exception {
    table.with(".zone", "a 60 A 192.0.2.1\n");
    assertThat(table.problems())
        .containsExactly(
            ".zone:1: 'a' is not an absolute name; expected a final dot, or an $ORIGIN above");
  }

  @Test
  void zoneInTwoFilesAndMissingFileAreBothReported() throws Exception {
    table.withZone("example.org", "").with("b.zone", TestTable.SOA, "?origin=EXAMPLE.org");
    table.with("c.zone", "");
    Files.delete(outside.resolve("zones/c.zone"));
    assertThat(table.problems())
        .containsExactly(
            "b.zone:1: expected each zone in one file, found EXAMPLE.org. in an earlier file, too",
            "c.zone: no such file");
  }

  @Test
  void folderInPlaceOfAZoneFileIsReported() throws Exception {
    table.write("a.zone/b", "");
    Path folder = outside.resolve("zones/a.zone");
    Problems problems = new Problems(folder);
    ZoneFile.read(TableFileSettings.parse(folder.toString()).orElseThrow(), problems);
    assertThat(problems.lines()).containsExactly(folder + ": Is a directory");
  }

  @Test
  void unprintableBytesAreReportedAsQuestionMarks() throws Exception {
    table.withZone("example.org", "a 60 \u001b[2J\u00ff x\n");
    assertThat(table.problems())
        .containsExactly("example.org.zone:2: expected a record type such as A, found \"?[2J?\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../secret      | expected a file in the folder of the table file",
        "sub/../../secret | expected a file in the folder of the table file",
        "ABSOLUTE       | expected a file in the folder of the table file",
        "link           | expected a file in the folder of the table file",
        "linked/secret  | expected a file in the folder of the table file",
        "sub            | expected a regular file",
        "missing        | no such file",
        "example.org.zone | the file includes itself",
        "self.inc       | the file includes itself",
        "deep1.inc      | expected at most 8 nested includes",
        "up.inc         | expected a file in the folder of the table file",
      })
  void includeOutsideTheFolderOrInACircleIsRefused(String file, String problem) throws Exception {
    Path secret = Files.writeString(outside.resolve("secret"), "secret 60 TXT secret\n");
    Files.createSymbolicLink(outside.resolve("zones/link"), secret);
    Files.createSymbolicLink(outside.resolve("zones/linked"), outside);
    table.write("sub/a", "");
    table.write("self.inc", "$INCLUDE self.inc\n");
    table.write("up.inc", "\n$INCLUDE ../secret\n");
    for (int i = 1; i <= 9; i++) {
      table.write("deep" + i + ".inc", "$INCLUDE deep" + (i + 1) + ".inc\n");
    }
    String written = file.equals("ABSOLUTE") ? secret.toString() : file;
    table.withZone("example.org", "$INCLUDE " + written + "\n");
    assertThat(table.problems())
        .singleElement()
        .asString()
        .matches("[a-z0-9.]+:[12]: .*")
        .contains("$INCLUDE ", ": " + problem);
  }

  @Test
  void problemInAnIncludedFileNamesThatFile() throws Exception {
    table.write("sub/bad.inc", "\n\na 60 A 1\n");
    table.withZone("example.org", "$INCLUDE sub/bad.inc\nb 60 A 2\n");
    assertThat(table.problems())
        .extracting(p -> p.substring(0, p.indexOf(' ')))
        .containsExactly("sub/bad.inc:3:", "example.org.zone:3:");
  }
}
