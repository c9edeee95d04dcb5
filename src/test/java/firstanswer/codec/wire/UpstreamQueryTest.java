package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.dns.message.Header;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class UpstreamQueryTest {
  private static final GenericEDNSOption SUBNET =
      new GenericEDNSOption(8, new byte[] {0, 1, 24, 0, (byte) 192, 0, 2});
  private static final GenericEDNSOption COOKIE = new GenericEDNSOption(10, new byte[8]);

  static Stream<Message> queries() {
    return Stream.of(
        Messages.query("www.Example.org.", Type.A),
        Messages.query(".", Type.NS),
        Messages.query(Messages.LONGEST, Type.AAAA),
        Messages.query("a\\.b.\\000\\255.org.", Type.HTTPS),
        Messages.query("www.example.org.", 65280),
        Messages.withOpt(Messages.query("www.example.org.", Type.MX)),
        Messages.withDnssecOk(Messages.query("www.example.org.", Type.MX), SUBNET));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void theQueryAsksTheQuestionOfTheClient(Message query) {
    Message upstream = upstream(query, 0xfedc);
    assertThat(upstream.getHeader().getID()).isEqualTo(0xfedc);
    assertThat(upstream.getQuestion()).isEqualTo(query.getQuestion());
    assertThat(upstream.getQuestion().getName()).hasToString(query.getQuestion().getName() + "");
    assertThat(upstream.getHeader().getFlag(Flags.RD)).isTrue();
    assertThat(upstream.getSection(Section.ADDITIONAL))
        .hasSameSizeAs(query.getSection(Section.ADDITIONAL));
    if (query.getOPT() != null) {
      assertThat(upstream.getOPT().getFlags()).isEqualTo(query.getOPT().getFlags());
      assertThat(upstream.getOPT().getOptions()).isEqualTo(query.getOPT().getOptions());
      assertThat(upstream.getOPT().getExtendedRcode()).isZero();
    }
  }

  @Test
  void theQueryHasOurPayloadSizeAndNotTheClientsCookie() {
    Message query = Messages.query("www.example.org.", Type.A);
    query.addRecord(new OPTRecord(65535, 0, 0, 0, COOKIE, SUBNET), Section.ADDITIONAL);
    OPTRecord opt = upstream(query, 1).getOPT();
    assertThat(opt.getPayloadSize()).isEqualTo(1232);
    assertThat(opt.getOptions()).containsExactly(SUBNET);
  }

  @Test
  void theQueryHasTheClientsRdAdAndCdAndNoOtherFlag() {
    Message query = Messages.query("www.example.org.", Type.A);
    query.getHeader().unsetFlag(Flags.RD);
    query.getHeader().setFlag(Flags.AD);
    query.getHeader().setFlag(Flags.CD);
    query.getHeader().setFlag(Flags.TC);
    byte[] upstream = UpstreamQuery.write(Messages.received(query).question(), 1);
    assertThat(Header.word(upstream, Header.FLAGS_AT)).isEqualTo(0x0030);
  }

  @Test
  void aTextQueryBecomesAPlainQueryForTypeA() {
    Question question = Question.ofText(DomainName.parse("www.example.org").orElseThrow());
    assertThat(UpstreamQuery.write(question, 0x1234))
        .isEqualTo(Messages.query("www.example.org.", Type.A).toWire());
  }

  @ParameterizedTest
  @MethodSource("queries")
  void aQueryWithoutEdnsLacksOnlyItsOptRecord(Message query) {
    byte[] upstream = UpstreamQuery.write(Messages.received(query).question(), 7);
    Message plain = Messages.parse(UpstreamQuery.withoutEdns(upstream));
    Message expected = Messages.parse(upstream);
    expected.removeAllRecords(Section.ADDITIONAL);
    assertThat(plain.toWire()).isEqualTo(expected.toWire());
  }

  @Test
  void anotherIdIsSetInACopy() {
    byte[] query = Messages.query("www.example.org.", Type.A).toWire();
    byte[] copy = query.clone();
    byte[] other = UpstreamQuery.withId(query, 0xffff);
    assertThat(query).isEqualTo(copy);
    assertThat(Header.word(other, 0)).isEqualTo(0xffff);
    Header.setWord(other, 0, Messages.ID);
    assertThat(other).isEqualTo(query);
  }

  private static Message upstream(Message query, int id) {
    return Messages.parse(UpstreamQuery.write(Messages.received(query).question(), id));
  }
}
