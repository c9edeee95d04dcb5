package firstanswer.table.file;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.table.TestTable;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsFileTest {
  @TempDir private Path folder;
  private TestTable table;

  @BeforeEach
  void write() throws Exception {
    table =
        new TestTable(folder)
            .with(
                "hosts",
                """
                # a comment
                127.0.0.1\tlocalhost Loop # and another
                ::1        localhost ip6-localhost
                fe80::1%lo0 localhost
                192.0.2.1  Host.example.org host
                192.0.2.2  host.example.org
                192.0.2.1  host.example.org third
                """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost | A | YES, localhost. 60 A 127.0.0.1",
        "LOOP      | A | YES, LOOP. 60 A 127.0.0.1",
        "localhost | AAAA | YES, localhost. 60 AAAA 0:0:0:0:0:0:0:1",
        "host.example.org | A | YES, host.example.org. 60 A 192.0.2.1, host.example.org. 60 A 192.0.2.2",
        "1.2.0.192.in-addr.arpa | PTR | YES, 1.2.0.192.in-addr.arpa. 60 PTR Host.example.org.",
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa | PTR"
            + " | YES, 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa. 60 PTR localhost.",
        "host | AAAA | NODATA",
        "1.2.0.192.in-addr.arpa | A | NODATA",
        "9.2.0.192.in-addr.arpa | PTR | NXDOMAIN NXDOMAIN",
        "example.org | A | NODATA",
        "ORG | MX | NODATA",
        ". | NS | NODATA",
        "www.example.org | A | NXDOMAIN NXDOMAIN",
        "2.0.192.in-addr.arpa | PTR | NODATA",
        "arpa | NS | NODATA",
        "3.0.192.in-addr.arpa | PTR | NXDOMAIN NXDOMAIN",
      })
  void hostsFileAnswersForNamesAndAddresses(String name, String type, String expected)
      throws Exception {
    assertThat(table.shortAnswer(name, type)).isEqualTo(expected);
  }

  @Test
  void textAnswerHasTheFirstIpv4Address() throws Exception {
    assertThat(table.line("HOST.example.org")).contains("Host.example.org 192.0.2.1 A IN");
    assertThat(table.line("ip6-localhost")).isEmpty();
    assertThat(table.read().size()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2 a       | expected an IPv4 or IPv6 address, found \"192.0.2\"",
        "192.0.2.256 a   | expected an IPv4 or IPv6 address, found \"192.0.2.256\"",
        "1::2::3 a       | expected an IPv4 or IPv6 address, found \"1::2::3\"",
        "192.0.2.1%lo0 a | expected an IPv4 or IPv6 address, found \"192.0.2.1%lo0\"",
        "x%lo0 a         | expected an IPv4 or IPv6 address, found \"x%lo0\"",
        "a 192.0.2.1     | expected an IPv4 or IPv6 address, found \"a\"",
        "192.0.2.1       | expected \"address name alias…\", found \"192.0.2.1\"",
        "192.0.2.1 # a   | expected \"address name alias…\", found \"192.0.2.1\"",
        "192.0.2.1 a b..c | expected a host name such as www.example.org, found \"b..c\"",
      })
  void badLineIsReportedWithFileAndLine(String line, String problem) throws Exception {
    TestTable bad = new TestTable(folder).with("bad.hosts", "192.0.2.1 good\n\n" + line + "\n");
    assertThat(bad.problems()).containsExactly("bad.hosts:3: " + problem);
  }

  @Test
  void emptyNonTerminalOfNamesHidesNoAddress() throws Exception {
    TestTable both =
        new TestTable(folder).with("b.hosts", "192.0.2.1 a\n192.0.2.2 x.1.2.0.192.in-addr.arpa\n");
    assertThat(both.shortAnswer("1.2.0.192.in-addr.arpa", "PTR"))
        .isEqualTo("YES, 1.2.0.192.in-addr.arpa. 60 PTR a.");
    assertThat(both.read().size()).isEqualTo(2);
  }

  @Test
  void nameWithOver4096AddressesIsReported() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i <= 4096; i++) {
      lines.append("10.0.").append(i / 256).append('.').append(i % 256).append(" a\n");
    }
    assertThat(new TestTable(folder).with("many.hosts", lines.toString()).problems())
        .containsExactly(
            "many.hosts:4097: expected at most 4096 addresses of one name, found \"a\"");
  }

  @Test
  void addressInManyLinesHasTheFirstName() throws Exception {
    TestTable blocked =
        new TestTable(folder).with("b.hosts", "0.0.0.0 ad.example b.example\n0.0.0.0 c.example\n");
    assertThat(blocked.shortAnswer("0.0.0.0.in-addr.arpa", "PTR"))
        .isEqualTo("YES, 0.0.0.0.in-addr.arpa. 60 PTR ad.example.");
  }
}
