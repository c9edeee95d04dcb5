package firstanswer.table;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsAnswerTest {
  @TempDir private Path folder;
  private TestTable table;

  @BeforeEach
  void write() throws Exception {
    table =
        new TestTable(folder)
            .with("t.txt", "Www.example.org 192.0.2.1 A\n")
            .with("more.txt", "www.example.org 192.0.2.2 A\nb.example.org 192.0.2.3 A\n");
  }

  @Test
  void namesFileAnswersWithATtlOf60Seconds() throws Exception {
    assertThat(table.shortAnswer("www.example.org", "A"))
        .isEqualTo("YES, www.example.org. 60 A 192.0.2.1");
    assertThat(table.shortAnswer("b.example.org", "A")).startsWith("YES, ");
    assertThat(table.shortAnswer("b.example.org", "AAAA")).isEqualTo("NODATA");
    assertThat(table.shortAnswer("c.example.org", "A")).isEqualTo("NXDOMAIN NXDOMAIN");
    assertThat(table.line("WWW.example.org")).contains("Www.example.org 192.0.2.1 A IN");
    assertThat(table.read().size()).isEqualTo(3);
  }

  /** RFC 8020: a resolver that learns that a name does not exist takes all below it for missing. */
  @ParameterizedTest
  @CsvSource({
    "example.org, NODATA",
    "EXAMPLE.org, NODATA",
    "org, NODATA",
    "., NODATA",
    "ample.org, NXDOMAIN NXDOMAIN",
    "com, NXDOMAIN NXDOMAIN",
    "a.www.example.org, NXDOMAIN NXDOMAIN",
  })
  void nameAboveOthersInANamesFileIsNodata(String name, String expected) throws Exception {
    assertThat(table.shortAnswer(name, "A")).isEqualTo(expected);
    assertThat(table.shortAnswer(name, "MX")).isEqualTo(expected);
  }

  @Test
  void nameAboveOthersIsAMissInTheTextProtocol() throws Exception {
    assertThat(table.line("example.org")).isEmpty();
  }

  @Test
  void rootOfAnEmptyNamesFileIsNxdomain() throws Exception {
    assertThat(new TestTable(folder).with("no.txt", "").shortAnswer(".", "A"))
        .isEqualTo("NXDOMAIN NXDOMAIN");
  }

  @ParameterizedTest
  @CsvSource({"0x0000, 0x8400", "0x0100, 0x8500", "0x0110, 0x8510", "0x0130, 0x8510"})
  void headerHasIdZeroAndCopiesOnlyRdAndCd(String asked, String expected) throws Exception {
    Message message = ask("www.example.org", Type.A, Integer.decode(asked));
    Header header = message.getHeader();
    assertThat(header.getID()).isZero();
    byte[] wire = header.toWire();
    assertThat(((wire[2] & 0xff) << 8) | (wire[3] & 0xff)).isEqualTo(Integer.decode(expected));
    assertThat(header.getFlag(Flags.RA)).isFalse();
    assertThat(message.getOPT()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 41, 65, 250, 251, 252, 255, 65_535})
  void answerRepeatsItsQuestionInTheSameCase(int type) throws Exception {
    for (String name : new String[] {"wWw.example.org", "Nowhere.example.org"}) {
      Message message = ask(name, type, 0);
      assertThat(message.getSection(Section.QUESTION)).hasSize(1);
      assertThat(message.getQuestion().getName()).hasToString(name + ".");
      assertThat(message.getQuestion().getType()).isEqualTo(type);
    }
  }

  @Test
  void answerOver65535BytesIsCutAndSetsTc() throws Exception {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      entries.append("a 60 TXT \"").append(i).append("x".repeat(200)).append("\"\n");
    }
    table.withZone("example.com", entries.toString());
    Message message = ask("a.example.com", Type.TXT, 0);
    assertThat(message.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(message.numBytes()).isLessThanOrEqualTo(65_535);
  }

  private Message ask(String name, int type, int flags) throws Exception {
    Manner.Dns manner = new Manner.Dns(flags, Optional.empty());
    Question question = new Question(DomainName.parse(name).orElseThrow(), type, manner);
    Answer answer = table.read().answer(question, manner);
    return TestTable.message(answer);
  }
}
