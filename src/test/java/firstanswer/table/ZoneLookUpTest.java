package firstanswer.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneLookUpTest {
  /** The zone of RFC 4592 section 2.2.1 without its delegation. */
  private static final String RFC_4592 =
      """
      $TTL 3600
      example.        NS    ns.example.com.
      *.example.      TXT   "this is a wildcard"
      *.example.      MX    10 host1.example.
      sub.*.example.  TXT   "this is not a wildcard"
      host1.example.  A     192.0.2.1
      _ssh._tcp.host1.example. SRV 0 0 22 host1
      """;

  private static final String OURS =
      """
      $TTL 1h
      @           NS    ns
      ns          A     192.0.2.53
      Www         A     192.0.2.1
      www     60  A     192.0.2.2
      www         AAAA  2001:db8::1
      www         A     192.0.2.1
      www         RRSIG A 8 3 3600 20300101000000 20200101000000 1 example.org. AAAA
      Alias       CNAME www
      alias       RRSIG CNAME 8 3 3600 20300101000000 20200101000000 1 example.org. AAAA
      alias2      CNAME alias
      dangling    CNAME nowhere
      empty       CNAME ent
      out         CNAME www.example.net.
      loop1       CNAME loop2
      loop2       CNAME loop1
      self        CNAME self
      a.b.ent     TXT   "deep"
      *.wild      A     192.0.2.9
      x.y.wild    A     192.0.2.10
      *.calias    CNAME www
      b\\.c        A     192.0.2.11
      type65534   TYPE65534 \\# 2 abcd
      """;

  @TempDir private Path folder;
  private TestTable table;

  @BeforeEach
  void write() throws Exception {
    table =
        new TestTable(folder)
            .withZone("example", RFC_4592)
            .withZone("example.org", OURS)
            .with("hosts", "198.51.100.7 printer.example.net host.example.org\n");
  }

  /** The questions and answers are those of RFC 4592 section 2.2.1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host3.example.          | MX  | YES, host3.example. 3600 MX 10 host1.example.",
        "host3.example.          | A   | NODATA / example. 120 SOA",
        "foo.bar.example.        | TXT | YES, foo.bar.example. 3600 TXT \"this is a wildcard\"",
        "host1.example.          | MX  | NODATA / example. 120 SOA",
        "sub.*.example.          | MX  | NODATA / example. 120 SOA",
        "_telnet._tcp.host1.example. | SRV | NXDOMAIN NXDOMAIN / example. 120 SOA",
        "ghost.*.example.        | MX  | NXDOMAIN NXDOMAIN / example. 120 SOA",
        "_tcp.host1.example.     | A   | NODATA / example. 120 SOA",
        "*.example.              | MX  | YES, *.example. 3600 MX 10 host1.example.",
      })
  void wildcardsAnswerAsInRfc4592(String name, String type, String expected) throws Exception {
    assertThat(table.shortAnswer(name, type)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "www.example.org | A    | YES, www.example.org. 3600 A 192.0.2.1, www.example.org. 3600 A 192.0.2.2",
        "WWW.example.ORG | AAAA | YES, WWW.example.ORG. 3600 AAAA 2001:db8:0:0:0:0:0:1",
        "example.org     | NS   | YES, example.org. 3600 NS ns.example.org.",
        "alias2.example.org | AAAA | YES, alias2.example.org. 3600 CNAME Alias.example.org., "
            + "Alias.example.org. 3600 CNAME Www.example.org., Www.example.org. 3600 AAAA 2001:db8:0:0:0:0:0:1",
        "alias.example.org | CNAME | YES, alias.example.org. 3600 CNAME www.example.org.",
        "z.wild.example.org | A  | YES, z.wild.example.org. 3600 A 192.0.2.9",
        "a.z.wild.example.org | A | YES, a.z.wild.example.org. 3600 A 192.0.2.9",
        "q.calias.example.org | AAAA | YES, q.calias.example.org. 3600 CNAME www.example.org., "
            + "www.example.org. 3600 AAAA 2001:db8:0:0:0:0:0:1",
        "b\\.c.example.org | A   | YES, b\\.c.example.org. 3600 A 192.0.2.11",
        "type65534.example.org | TYPE65534 | YES, type65534.example.org. 3600 TYPE65534 \\# 2 ABCD",
        "printer.example.net | A | YES, printer.example.net. 60 A 198.51.100.7",
        "host.example.org | A    | YES, host.example.org. 60 A 198.51.100.7",
        "www.example.org | MX   | NODATA / example.org. 120 SOA",
        "ent.example.org | A    | NODATA / example.org. 120 SOA",
        "b.ent.example.org | TXT | NODATA / example.org. 120 SOA",
        "wild.example.org | A   | NODATA / example.org. 120 SOA",
        "y.wild.example.org | A | NODATA / example.org. 120 SOA",
        "z.y.wild.example.org | A | NXDOMAIN NXDOMAIN / example.org. 120 SOA",
        "nowhere.example.org | A | NXDOMAIN NXDOMAIN / example.org. 120 SOA",
        "host.example.org | AAAA | NODATA / example.org. 120 SOA",
        "example.net     | A    | NODATA",
        "org             | NS   | NODATA",
        ".               | NS   | NODATA",
        "example.com     | A    | NXDOMAIN NXDOMAIN",
        "printer.example.net | AAAA | NODATA",
        "dangling.example.org | A | ALIAS NXDOMAIN, dangling.example.org. 3600 CNAME nowhere.example.org. / example.org. 120 SOA",
        "empty.example.org | A  | ALIAS, empty.example.org. 3600 CNAME ent.example.org. / example.org. 120 SOA",
        "alias.example.org | MX | ALIAS, alias.example.org. 3600 CNAME www.example.org. / example.org. 120 SOA",
        "out.example.org | A    | ALIAS, out.example.org. 3600 CNAME www.example.net.",
        "loop1.example.org | A  | ALIAS, loop1.example.org. 3600 CNAME loop2.example.org., loop2.example.org. 3600 CNAME loop1.example.org.",
        "self.example.org | A   | ALIAS, self.example.org. 3600 CNAME self.example.org.",
      })
  void zonesAndHostsGiveTheBestAnswer(String name, String type, String expected) throws Exception {
    assertThat(table.shortAnswer(name, type)).isEqualToIgnoringCase(expected);
  }

  @Test
  void rrsigRecordsAreServedEvenBesideACname() throws Exception {
    assertThat(table.shortAnswer("www.example.org", "RRSIG")).startsWith("YES, www.example.org. ");
    assertThat(table.shortAnswer("alias.example.org", "RRSIG")).contains(" RRSIG CNAME ");
  }

  @Test
  void anyGivesAllRecordsOfTheName() throws Exception {
    assertThat(table.shortAnswer("www.example.org", "ANY"))
        .contains(" A 192.0.2.1, ", " A 192.0.2.2, ", " AAAA ", " RRSIG ");
    assertThat(table.shortAnswer("alias.example.org", "ANY")).startsWith("YES, ");
  }

  @Test
  void cnameChainCrossesAllFilesOfTheTable() throws Exception {
    table
        .withZone("example.com", "a 60 CNAME printer.example.net.\nb 60 CNAME ns.example.org.\n")
        .withZone("example.edu", "a 60 CNAME a.example.com.\n");
    assertThat(table.shortAnswer("a.example.edu", "A"))
        .isEqualTo(
            "YES, a.example.edu. 60 CNAME a.example.com., a.example.com. 60 CNAME"
                + " printer.example.net., printer.example.net. 60 A 198.51.100.7");
    assertThat(table.shortAnswer("a.example.edu", "MX")).startsWith("ALIAS, ").doesNotContain("/");
    assertThat(table.shortAnswer("b.example.com", "MX")).endsWith(" / example.org. 120 SOA");
  }

  @Test
  void cnameChainStopsAfterSixteenAliases() throws Exception {
    table.with(
        "example.com.zone",
        TestTable.SOA + "$GENERATE 1-99 c$ 60 CNAME c${1}\nc100 60 A 192.0.2.1\n");
    assertThat(table.shortAnswer("c90.example.com", "A")).startsWith("YES, ");
    assertThat(table.shortAnswer("c1.example.com", "A")).startsWith("ALIAS, ");
    assertThat(TestTable.message(table.answer("c1.example.com", "A")).getSection(1)).hasSize(16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "www.lab.example.org | A | YES, www.lab.example.org. 60 A 192.0.2.20",
        "own.lab.example.org | A | YES, own.lab.example.org. 60 A 192.0.2.30",
        "both.lab.example.org | A | YES, both.lab.example.org. 60 A 192.0.2.21",
        "x.lab.example.org | A | NXDOMAIN NXDOMAIN / lab.example.org. 120 SOA",
        "own.lab.example.org | MX | NXDOMAIN NXDOMAIN / lab.example.org. 120 SOA",
        "lab.example.org | SOA | YES, lab.example.org. 300 SOA",
        "x.example.org | A | YES, x.example.org. 60 A 192.0.2.99",
      })
  void closestZoneDecidesAndOuterZonesAddExactRecords(String name, String type, String expected)
      throws Exception {
    TestTable nested =
        new TestTable(folder.resolve("nested"))
            .withZone(
                "example.org",
                "*  60 A 192.0.2.99\nown.lab 60 A 192.0.2.30\nboth.lab 60 A 192.0.2.31\n")
            .withZone("lab.example.org", "www 60 A 192.0.2.20\nboth 60 A 192.0.2.21\n");
    assertThat(nested.shortAnswer(name, type)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ". | NODATA",
        "ORG | NODATA",
        "example.org | NODATA / example.org. 120 SOA",
        "b.example.org | NODATA / example.org. 120 SOA",
        "c.example.org | NXDOMAIN NXDOMAIN / example.org. 120 SOA",
        "com | NXDOMAIN NXDOMAIN",
      })
  void nameAboveAZoneExists(String name, String expected) throws Exception {
    TestTable zones =
        new TestTable(folder.resolve("above"))
            .withZone("example.org", "www 60 A 192.0.2.1\n")
            .withZone("a.b.example.org", "www 60 A 192.0.2.2\n");
    assertThat(zones.shortAnswer(name, "MX")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "www.EXAMPLE.org | Www.example.org 192.0.2.1 A IN",
        "alias.example.org | Alias.example.org 192.0.2.1 A IN",
        "Z.wild.example.org | Z.wild.example.org 192.0.2.9 A IN",
        "PRINTER.example.net | printer.example.net 198.51.100.7 A IN",
      })
  void textAnswerHasTheFirstAddressAndTheZonesSpelling(String name, String line) throws Exception {
    assertThat(table.line(name)).contains(line);
  }

  @ParameterizedTest
  @CsvSource({"nowhere.example.org", "ent.example.org", "out.example.org", "self.example.org"})
  void textAnswerIsEmptyWithoutAnAddress(String name) throws Exception {
    assertThat(table.line(name)).isEmpty();
  }
}
