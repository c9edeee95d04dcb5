package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative.Kind;
import firstanswer.dns.Content;
import firstanswer.dns.message.Header;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AnswerReaderTest {
  private static final String NAME = "www.example.org.";
  private static final Message QUERY = Messages.query(NAME, Type.A);
  private static final Record A = Messages.a(NAME, "192.0.2.1");
  private static final Record ALIAS = Messages.cname(NAME, "web.example.net.");
  private static final Record SECOND_ALIAS =
      Messages.cname("web.example.net.", "host.example.com.");
  private static final Record HOST = Messages.a("host.example.com.", "192.0.2.2");

  static Stream<Arguments> positives() {
    return Stream.of(
        positive("an address", A),
        positive("several addresses", A, Messages.a(NAME, "192.0.2.9")),
        positive("an address in another case", Messages.a("WWW.exAmple.ORG.", "192.0.2.1")),
        positive("an address behind unrelated ones", HOST, SECOND_ALIAS, A),
        positive("at the end of an alias", ALIAS, Messages.a("WEB.example.net.", "192.0.2.1")),
        positive("an address beside an alias", ALIAS, A));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("positives")
  void aRecordOfTheTypeAskedForIsPositive(String what, List<Record> answers) {
    byte[] response = answers(Rcode.NOERROR, answers);
    assertThat(Messages.answer(QUERY, response))
        .as(what)
        .contains(new Answer.Positive(new Content.Message(response)));
  }

  @Test
  void aCnameIsPositiveToAQueryForCname() {
    Message query = Messages.query(NAME, Type.CNAME);
    byte[] response =
        Messages.response(NAME, Type.CNAME, Rcode.NOERROR, m -> m.addRecord(ALIAS, Section.ANSWER))
            .toWire();
    assertThat(Messages.answer(query, response).orElseThrow()).isInstanceOf(Answer.Positive.class);
  }

  @Test
  void aRecordOfAnUnknownTypeIsPositive() {
    Record unknown = Messages.record(NAME, 65280, "\\# 3 010203");
    byte[] response =
        Messages.response(NAME, 65280, Rcode.NOERROR, m -> m.addRecord(unknown, Section.ANSWER))
            .toWire();
    assertThat(Messages.answer(Messages.query(NAME, 65280), response).orElseThrow())
        .isInstanceOf(Answer.Positive.class);
  }

  static Stream<Arguments> negatives() {
    return Stream.of(
        negative("an alias only", Kind.ALIAS, Rcode.NOERROR, answer(ALIAS)),
        negative("an alias of no name", Kind.ALIAS, Rcode.NXDOMAIN, answer(ALIAS)),
        negative("an alias, its chain broken", Kind.ALIAS, Rcode.NOERROR, answer(ALIAS, HOST)),
        negative("no such name", Kind.NXDOMAIN, Rcode.NXDOMAIN, soa()),
        negative("no such name, no SOA", Kind.NXDOMAIN, Rcode.NXDOMAIN, m -> {}),
        negative("no such name, with its address", Kind.NXDOMAIN, Rcode.NXDOMAIN, answer(A)),
        negative("no data", Kind.NODATA, Rcode.NOERROR, soa()),
        negative("no data, no SOA", Kind.NODATA, Rcode.NOERROR, m -> {}),
        negative("no data, SOA and NS", Kind.NODATA, Rcode.NOERROR, soa().andThen(ns())),
        negative(
            "no data, with authority",
            Kind.NODATA,
            Rcode.NOERROR,
            ns().andThen(m -> m.getHeader().setFlag(Flags.AA))),
        negative("another type", Kind.NODATA, Rcode.NOERROR, answer(aaaa())),
        negative("another name", Kind.NODATA, Rcode.NOERROR, answer(HOST)),
        negative("a name above", Kind.NODATA, Rcode.NOERROR, answer(at("example.org."))),
        negative("a name below", Kind.NODATA, Rcode.NOERROR, answer(at("a." + NAME))),
        negative("one label", Kind.NODATA, Rcode.NOERROR, answer(at("www\\.example.org."))),
        negative("another alias", Kind.NODATA, Rcode.NOERROR, answer(SECOND_ALIAS, HOST)),
        negative("another class", Kind.NODATA, Rcode.NOERROR, answer(inClassChaos())),
        negative("as an authority", Kind.NODATA, Rcode.NOERROR, m -> add(m, Section.AUTHORITY)),
        negative("as additional", Kind.NODATA, Rcode.NOERROR, m -> add(m, Section.ADDITIONAL)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("negatives")
  void aResponseWithoutSuchARecordIsNegative(
      String what, Kind kind, int rcode, Consumer<Message> content) {
    byte[] response = Messages.response(NAME, Type.A, rcode, content).toWire();
    assertThat(Messages.answer(QUERY, response))
        .as(what)
        .contains(new Answer.Negative(kind, Optional.of(new Content.Message(response))));
  }

  @Test
  void aReferralIsAFailure() {
    byte[] response = Messages.response(NAME, Type.A, Rcode.NOERROR, ns()).toWire();
    assertThat(failure(response).fault()).isEqualTo(Answer.Failure.Unusable.REFERRAL);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "4", "5", "9", "15"})
  void anyOtherRcodeIsAFailure(int rcode) {
    byte[] response = Messages.response(NAME, Type.A, rcode, answer(A)).toWire();
    assertThat(failure(response))
        .isEqualTo(
            new Answer.Failure(
                new Answer.Failure.ByRcode(rcode), Optional.of(new Content.Message(response))));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 16", "7, 1, 23", "3, 1, 19", "0, 255, 4080"})
  void theUpperBitsOfTheRcodeAreRead(int rcode, int extended, int all) {
    Message response = Messages.response(NAME, Type.A, rcode, answer(A));
    response.addRecord(new OPTRecord(1232, extended, 0), Section.ADDITIONAL);
    Answer.Failure failure = failure(response.toWire());
    assertThat(failure.message()).isPresent();
    assertThat(failure.fault()).isEqualTo(new Answer.Failure.ByRcode(all));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "4", "5"})
  void aResponseWithoutTheQuestionBelongsToNoQuery(int rcode) {
    Message response = new Message(Messages.ID);
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setRcode(rcode);
    assertThat(Messages.answer(QUERY, response.toWire())).isEmpty();
    response.addRecord(A, Section.ANSWER);
    assertThat(Messages.answer(QUERY, response.toWire())).isEmpty();
  }

  @Test
  void aResponseWithAnUnreadableQuestionBelongsToNoQuery() {
    byte[] response = answers(Rcode.NOERROR, List.of(A));
    response[Header.LENGTH] = (byte) 0xff;
    assertThat(Messages.answer(QUERY, response)).isEmpty();
  }

  @Test
  void bytesBehindTheLastRecordAreLeftOut() {
    byte[] sound = answers(Rcode.NOERROR, List.of(A));
    byte[] longer = Arrays.copyOf(sound, sound.length + 3);
    assertThat(Messages.answer(QUERY, longer))
        .contains(new Answer.Positive(new Content.Message(sound)));
  }

  @Test
  void anAliasLoopIsAnAliasOnly() {
    Record back = Messages.record("host.example.net.", Type.CNAME, NAME);
    byte[] response = answers(Rcode.NOERROR, List.of(ALIAS, SECOND_ALIAS, back));
    assertThat(Messages.answer(QUERY, response))
        .contains(new Answer.Negative(Kind.ALIAS, Optional.of(new Content.Message(response))));
  }

  @Test
  void aResponseCutBetweenRecordsIsReadByItsCounts() {
    byte[] whole = answers(Rcode.NOERROR, List.of(ALIAS, SECOND_ALIAS, HOST));
    byte[] cut = Arrays.copyOf(whole, answers(Rcode.NOERROR, List.of(ALIAS, SECOND_ALIAS)).length);
    Header.setWord(cut, Header.ANSWERS_AT, 2);
    assertThat(Messages.answer(QUERY, cut).orElseThrow()).isInstanceOf(Answer.Negative.class);
  }

  private static Arguments positive(String what, Record... answers) {
    return Arguments.of(what, List.of(answers));
  }

  private static Arguments negative(String what, Kind kind, int rcode, Consumer<Message> content) {
    return Arguments.of(what, kind, rcode, content);
  }

  private static Consumer<Message> answer(Record... records) {
    return m -> Arrays.stream(records).forEach(r -> m.addRecord(r, Section.ANSWER));
  }

  private static Consumer<Message> soa() {
    return m -> m.addRecord(Messages.soa("example.org."), Section.AUTHORITY);
  }

  private static Consumer<Message> ns() {
    return m -> m.addRecord(Messages.ns("example.org."), Section.AUTHORITY);
  }

  private static void add(Message message, int section) {
    message.addRecord(A, section);
  }

  private static Record at(String owner) {
    return Messages.a(owner, "192.0.2.3");
  }

  private static Record aaaa() {
    return Messages.record(NAME, Type.AAAA, "2001:db8::1");
  }

  private static Record inClassChaos() {
    return Record.newRecord(Messages.name(NAME), Type.A, DClass.CH, 300, new byte[] {1, 2, 3, 4});
  }

  private static byte[] answers(int rcode, List<Record> records) {
    return Messages.response(NAME, Type.A, rcode, answer(records.toArray(Record[]::new))).toWire();
  }

  private static Answer.Failure failure(byte[] response) {
    return (Answer.Failure) Messages.answer(QUERY, response).orElseThrow();
  }
}
