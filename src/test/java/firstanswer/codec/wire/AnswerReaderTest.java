package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative.Kind;
import firstanswer.dns.Content;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
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
  void aRecordOfTheTypeAtTheNameIsPositive(String what, List<Record> answers) {
    byte[] response = answers(Rcode.NOERROR, answers);
    assertThat(Messages.answer(QUERY, response))
        .as(what)
        .contains(new Answer.Positive(new Content.Message(response)));
  }

  @Test
  void aChainOfAliasesIsFollowedInAnyOrderOfItsRecords() {
    List<Record> chain = Arrays.asList(ALIAS, SECOND_ALIAS, HOST);
    for (int[] order :
        new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
      List<Record> answers = Arrays.stream(order).mapToObj(chain::get).toList();
      assertThat(read(Rcode.NOERROR, answers)).isInstanceOf(Answer.Positive.class);
    }
  }

  @Test
  void anAliasIsPositiveToThoseWhoAskForAliases() {
    Message query = Messages.query(NAME, Type.CNAME);
    byte[] response =
        Messages.response(NAME, Type.CNAME, Rcode.NOERROR, m -> m.addRecord(ALIAS, Section.ANSWER))
            .toWire();
    assertThat(Messages.answer(query, response).orElseThrow()).isInstanceOf(Answer.Positive.class);
  }

  @Test
  void anyTypeIsPositiveEvenAnUnknownOne() {
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
  void whatIsNotThereIsNegative(String what, Kind kind, int rcode, Consumer<Message> content) {
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
  void otherRcodesAreFailures(int rcode) {
    byte[] response = Messages.response(NAME, Type.A, rcode, answer(A)).toWire();
    assertThat(failure(response))
        .isEqualTo(
            new Answer.Failure(
                new Answer.Failure.ByRcode(rcode), Optional.of(new Content.Message(response))));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 16", "7, 1, 23", "3, 1, 19", "0, 255, 4080"})
  void theUpperBitsOfTheRcodeCount(int rcode, int extended, int all) {
    Message response = Messages.response(NAME, Type.A, rcode, answer(A));
    response.addRecord(new OPTRecord(1232, extended, 0), Section.ADDITIONAL);
    Answer.Failure failure = failure(response.toWire());
    assertThat(failure.message()).isPresent();
    assertThat(failure.fault()).isEqualTo(new Answer.Failure.ByRcode(all));
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "5, true", "0, false", "3, false"})
  void onlyFailuresNeedNotRepeatTheQuestion(int rcode, boolean relayed) {
    Message response = new Message(Messages.ID);
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setRcode(rcode);
    assertThat(failure(response.toWire()).message().isPresent()).isEqualTo(relayed);
    response.addRecord(A, Section.ANSWER);
    assertThat(failure(response.toWire()).message()).isEmpty();
  }

  static Stream<Arguments> noAnswers() {
    byte[] response = answers(Rcode.NOERROR, List.of(A));
    byte[] notify = response.clone();
    notify[2] |= Opcode.NOTIFY << 3;
    byte[] chaos = response.clone();
    Header.setWord(chaos, 12 + Messages.name(NAME).length() + 2, DClass.CH);
    return Stream.of(
        Arguments.of("the query itself", QUERY.toWire()),
        Arguments.of("another opcode", notify),
        Arguments.of("another class", chaos),
        Arguments.of("another name", question("example.org.", Type.A)),
        Arguments.of("a longer name", question("a." + NAME, Type.A)),
        Arguments.of("the same bytes in one label", question("www\\.example.org.", Type.A)),
        Arguments.of("another type", question(NAME, Type.AAAA)),
        Arguments.of("nothing", new byte[0]),
        Arguments.of("half a header", Arrays.copyOf(response, 11)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noAnswers")
  void whatIsNoResponseToTheQueryIsNoAnswer(String what, byte[] response) {
    assertThat(Messages.answer(QUERY, response)).as(what).isEmpty();
  }

  @Test
  void theQuestionMayComeBackInAnotherCase() {
    byte[] response =
        Messages.response("WWW.EXAMPLE.ORG.", Type.A, Rcode.NOERROR, answer(A)).toWire();
    assertThat(Messages.answer(QUERY, response).orElseThrow()).isInstanceOf(Answer.Positive.class);
  }

  @Test
  void aResponseCutAnywhereIsNeverPositive() {
    byte[] response = answers(Rcode.NOERROR, List.of(ALIAS, SECOND_ALIAS, HOST));
    for (int length = 0; length < response.length; length++) {
      Optional<Answer> answer = Messages.answer(QUERY, Arrays.copyOf(response, length));
      if (length < 12) {
        assertThat(answer).isEmpty();
      } else {
        assertThat(answer).contains(Answer.Failure.UNREADABLE);
      }
    }
  }

  @Test
  void aResponseCutBetweenRecordsIsWhatItsCountsSay() {
    byte[] whole = answers(Rcode.NOERROR, List.of(ALIAS, SECOND_ALIAS, HOST));
    byte[] cut = Arrays.copyOf(whole, answers(Rcode.NOERROR, List.of(ALIAS, SECOND_ALIAS)).length);
    Header.setWord(cut, Header.ANSWERS_AT, 2);
    assertThat(Messages.answer(QUERY, cut).orElseThrow()).isInstanceOf(Answer.Negative.class);
  }

  @Test
  void loopsOfAliasesAreUnreadable() {
    assertThat(failure(answers(Rcode.NOERROR, List.of(Messages.cname(NAME, NAME)))).message())
        .isEmpty();
    Record back = Messages.cname("web.example.net.", NAME);
    assertThat(failure(answers(Rcode.NOERROR, List.of(ALIAS, back))).message()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 11, 16})
  void chainsAreFollowedToAnyUsefulLength(int aliases) {
    assertThat(read(Rcode.NOERROR, chain(aliases))).isInstanceOf(Answer.Positive.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 100})
  void longerChainsAreNot(int aliases) {
    assertThat(read(Rcode.NOERROR, chain(aliases))).isEqualTo(Answer.Failure.UNREADABLE);
  }

  @Test
  void anAliasThatIsNoNameIsUnreadable() {
    byte[] response = answers(Rcode.NOERROR, List.of(Messages.cname(NAME, ".")));
    response[response.length - 1] = 1;
    assertThat(failure(response).message()).isEmpty();
  }

  @Test
  void aTruncatedResponseSaysSo() {
    byte[] response = answers(Rcode.NOERROR, List.of(A));
    assertThat(AnswerReader.isTruncated(response)).isFalse();
    response[2] |= 2;
    assertThat(AnswerReader.isTruncated(response)).isTrue();
    assertThat(AnswerReader.isTruncated(Arrays.copyOf(response, 12))).isTrue();
    assertThat(AnswerReader.isTruncated(Arrays.copyOf(response, 11))).isFalse();
    assertThat(AnswerReader.isTruncated(new byte[0])).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "2, false", "3, false", "4, true", "5, false", "9, false"})
  void formerrAndNotimpWithoutAnOptRecordRejectEdns(int rcode, boolean rejects) {
    byte[] query = Messages.withOpt(Messages.query(NAME, Type.A)).toWire();
    Message response = Messages.response(NAME, Type.A, rcode, m -> {});
    assertThat(AnswerReader.rejectsEdns(query, response.toWire())).isEqualTo(rejects);
    assertThat(AnswerReader.rejectsEdns(QUERY.toWire(), response.toWire())).isFalse();
    assertThat(AnswerReader.rejectsEdns(query, Messages.withOpt(response).toWire())).isFalse();
  }

  @Test
  void aHeaderAloneRejectsEdnsWhateverItsCountsSay() {
    byte[] query = Messages.withOpt(Messages.query(NAME, Type.A)).toWire();
    byte[] header = Arrays.copyOf(query, 12);
    Header.setWord(header, Header.FLAGS_AT, Header.RESPONSE | Rcode.FORMERR);
    assertThat(AnswerReader.rejectsEdns(query, header)).isTrue();
    Header.setWord(header, Header.ADDITIONALS_AT, 0);
    assertThat(AnswerReader.rejectsEdns(query, header)).isTrue();
    Header.setWord(header, Header.QUESTIONS_AT, 0);
    assertThat(AnswerReader.rejectsEdns(query, header)).isTrue();
  }

  @Test
  void neitherQueryNorResponseIsChanged() {
    byte[] query = QUERY.toWire();
    byte[] response = answers(Rcode.NOERROR, List.of(ALIAS, SECOND_ALIAS, HOST));
    byte[] copy = response.clone();
    AnswerReader.read(query, response);
    assertThat(query).isEqualTo(QUERY.toWire());
    assertThat(response).isEqualTo(copy);
  }

  private static List<Record> chain(int aliases) {
    List<Record> chain = new ArrayList<>();
    String owner = NAME;
    for (int i = 0; i < aliases; i++) {
      String target = "alias" + i + ".example.net.";
      chain.add(Messages.cname(owner, target));
      owner = target;
    }
    chain.add(at(owner));
    Collections.reverse(chain);
    return chain;
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

  private static byte[] question(String name, int type) {
    return Messages.response(name, type, Rcode.NOERROR, answer(A)).toWire();
  }

  private static byte[] answers(int rcode, List<Record> records) {
    return Messages.response(NAME, Type.A, rcode, answer(records.toArray(Record[]::new))).toWire();
  }

  private static Answer read(int rcode, List<Record> records) {
    return Messages.answer(QUERY, answers(rcode, records)).orElseThrow();
  }

  private static Answer.Failure failure(byte[] response) {
    return (Answer.Failure) Messages.answer(QUERY, response).orElseThrow();
  }
}
