package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.message.Header;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ResponseWriterTest {
  private static final String NAME = "wWw.eXample.org.";
  private static final ClientQuery PLAIN = Messages.received(Messages.query(NAME, Type.A));
  private static final ClientQuery EDNS =
      Messages.received(Messages.withDnssecOk(Messages.query(NAME, Type.A)));

  @Test
  void aLineOfTheTextProtocolBecomesAnARecord() {
    Message response = parsed(PLAIN, Answer.Positive.line("WWW.example.ORG  192.0.2.255 A IN"));
    assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(response.getSection(Section.ANSWER)).hasSize(1);
    ARecord record = (ARecord) response.getSection(Section.ANSWER).get(0);
    assertThat(record.getName()).hasToString(NAME);
    assertThat(record.getTTL()).isEqualTo(60);
    assertThat(record.getAddress().getHostAddress()).isEqualTo("192.0.2.255");
    assertThat(response.getHeader().getFlag(Flags.RA)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"ALIAS, 0", "NODATA, 0", "NXDOMAIN, 3"})
  void aNoWithoutAMessageIsAnEmptyResponse(Answer.Negative.Kind kind, int rcode) {
    for (ClientQuery query : List.of(PLAIN, EDNS)) {
      Message response = parsed(query, new Answer.Negative(kind, Optional.empty()));
      assertThat(response.getRcode()).isEqualTo(rcode);
      assertThat(response.getSection(Section.ANSWER)).isEmpty();
      assertThat(response.getSection(Section.AUTHORITY)).isEmpty();
      assertThat(response.getHeader().getFlag(Flags.RA)).isTrue();
      assertThat(response.getOPT() != null).isEqualTo(query.equals(EDNS));
    }
  }

  @Test
  void everyResponseRepeatsIdQuestionRdAndCd() {
    Message query = Messages.withDnssecOk(Messages.query(NAME, Type.A));
    query.getHeader().setFlag(Flags.CD);
    query.getHeader().setFlag(Flags.AD);
    byte[] bytes = query.toWire();
    int end = Messages.received(bytes).questionEnd();
    for (Answer answer : all()) {
      byte[] response = write(Messages.received(bytes), answer, 512);
      assertThat(Arrays.copyOfRange(response, 12, end))
          .isEqualTo(Arrays.copyOfRange(bytes, 12, end));
      assertThat(Header.word(response, 0)).isEqualTo(Messages.ID);
      assertThat(Header.word(response, 2) & 0xfd70).isEqualTo(0x8110);
      OPTRecord opt = Messages.parse(response).getOPT();
      assertThat(opt.getFlags()).isEqualTo(0x8000);
      assertThat(opt.getPayloadSize()).isEqualTo(1232);
      assertThat(opt.getVersion()).isZero();
    }
  }

  @Test
  void aResponseThatIsTooLongIsCutAndHasTc() {
    Answer answer = big(1000);
    for (ClientQuery query : List.of(PLAIN, EDNS)) {
      int length = write(query, answer, ResponseWriter.MAX_BYTES).length;
      assertThat(write(query, answer, length)).hasSize(length);
      byte[] cut = write(query, answer, length - 1);
      assertThat(cut).hasSameSizeAs(ResponseWriter.truncated(query));
      int flags = Header.word(write(query, answer, ResponseWriter.MAX_BYTES), 2);
      assertThat(Header.word(cut, 2)).isEqualTo(flags | Header.TRUNCATED);
      Message response = Messages.parse(cut);
      assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(response.getHeader().getFlag(Flags.RA)).isTrue();
      assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(response.getSection(Section.ANSWER)).isEmpty();
      assertThat(response.getOPT() != null).isEqualTo(query.equals(EDNS));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 512", "512, 512", "1231, 1231", "1232, 1232", "1233, 1232", "65535, 1232"})
  void theSizeOverUdpIsTheClientsUpToOurs(int payload, int taken) {
    Message query = Messages.query(NAME, Type.A);
    assertThat(ResponseWriter.maxUdpBytes(Messages.received(query))).isEqualTo(512);
    query.addRecord(new OPTRecord(payload, 0, 0), Section.ADDITIONAL);
    assertThat(ResponseWriter.maxUdpBytes(Messages.received(query))).isEqualTo(taken);
  }

  @Test
  void anRcodeOf12BitsIsServfailWithoutEdns() {
    Message message = response(7);
    message.addRecord(new OPTRecord(1232, 1, 0), Section.ADDITIONAL);
    assertThat(parsed(EDNS, failure(message)).getRcode()).isEqualTo(23);
    Message plain = parsed(PLAIN, failure(message));
    assertThat(plain.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(plain.getOPT()).isNull();
  }

  @Test
  void aResponseThatIsCutKeepsItsFlagsAndRcode() {
    Message message = Messages.response(NAME, Type.A, Rcode.NXDOMAIN, m -> {});
    message.getHeader().setFlag(Flags.AA);
    Answer no =
        new Answer.Negative(
            Answer.Negative.Kind.NXDOMAIN, Optional.of(new Content.Message(message.toWire())));
    Message cut = Messages.parse(write(EDNS, no, 20));
    assertThat(cut.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(cut.getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void aTruncatedResponseIsAResponseWithTc() {
    Message response = Messages.parse(ResponseWriter.truncated(PLAIN));
    assertThat(response.getHeader().getFlag(Flags.QR)).isTrue();
    assertThat(response.getHeader().getFlag(Flags.RA)).isTrue();
    assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void ofTheClientsEdnsFlagsOnlyDoIsRepeated() {
    Message query = Messages.query(NAME, Type.A);
    query.addRecord(new OPTRecord(4096, 0, 0, 0x4000), Section.ADDITIONAL);
    ClientQuery received = Messages.received(query);
    Answer relayed = new Answer.Positive(new Content.Message(response(0).toWire()));
    for (Answer answer : List.of(Answer.Negative.NODATA, relayed)) {
      assertThat(parsed(received, answer).getOPT().getFlags()).isZero();
      assertThat(parsed(EDNS, answer).getOPT().getFlags()).isEqualTo(0x8000);
    }
  }

  @Test
  void aServersOptRecordThatCannotBeReadIsReplacedByAnEmptyOne() {
    Message message = Messages.withDnssecOk(response(0), new GenericEDNSOption(65001, new byte[4]));
    byte[] bytes = message.toWire();
    bytes[bytes.length - 5] = 5;
    Message relayed = parsed(EDNS, new Answer.Positive(new Content.Message(bytes)));
    assertThat(relayed.getOPT().getOptions()).isEmpty();
    assertThat(relayed.getOPT().getFlags()).isZero();
  }

  private static List<Answer> all() {
    Message positive = response(Rcode.NOERROR);
    positive.addRecord(Messages.a(NAME, "192.0.2.1"), Section.ANSWER);
    positive.getHeader().setFlag(Flags.CD);
    Messages.withDnssecOk(positive, new GenericEDNSOption(65001, new byte[] {1}));
    return List.of(
        Answer.Failure.SERVFAIL,
        Answer.Failure.UNREADABLE,
        Answer.Negative.NXDOMAIN,
        Answer.Negative.NODATA,
        Answer.Positive.line("a 192.0.2.1 A IN"),
        new Answer.Positive(new Content.Message(positive.toWire())));
  }

  private static Message response(int rcode) {
    return Messages.response(NAME, Type.A, rcode, m -> {});
  }

  private static Answer big(int bytes) {
    Message message = response(Rcode.NOERROR);
    message.addRecord(Messages.a(NAME, "192.0.2.1"), Section.ANSWER);
    String data = "\\# " + bytes + " " + "00".repeat(bytes);
    message.addRecord(Messages.record(NAME, 65280, data), Section.ADDITIONAL);
    return new Answer.Positive(new Content.Message(message.toWire()));
  }

  private static Answer failure(Message message) {
    return new Answer.Failure(
        new Answer.Failure.ByRcode(message.getRcode()),
        Optional.of(new Content.Message(message.toWire())));
  }

  private static Message parsed(ClientQuery query, Answer answer) {
    return Messages.parse(write(query, answer, ResponseWriter.MAX_BYTES));
  }

  private static byte[] write(ClientQuery query, Answer answer, int maxBytes) {
    return ResponseWriter.write(
        query, answer, Optional.empty(), ResponseWriter.UNLIMITED, maxBytes);
  }
}
