package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
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
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class UpstreamResponseTest {
  private static final String NAME = "www.example.org.";
  private static final Message QUERY = Messages.query(NAME, Type.A);

  /** The name, its type and its class. */
  private static final int QUERY_QUESTION_BYTES = 17 + 4;

  private static final Record A = Messages.a(NAME, "192.0.2.1");
  private static final Record ALIAS = Messages.cname(NAME, "web.example.net.");
  private static final Record A_OF_ALIAS = Messages.a("web.example.net.", "192.0.2.2");

  static Stream<Arguments> noAnswers() {
    byte[] response = response(A);
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
  void aMessageOfAnotherQueryIsNotRead(String what, byte[] response) {
    assertThat(Messages.answer(QUERY, response)).as(what).isEmpty();
  }

  @Test
  void aQuestionInAnotherCaseIsTheSame() {
    byte[] response =
        Messages.response(
                "WWW.EXAMPLE.ORG.", Type.A, Rcode.NOERROR, m -> m.addRecord(A, Section.ANSWER))
            .toWire();
    assertThat(Messages.answer(QUERY, response).orElseThrow()).isInstanceOf(Answer.Positive.class);
  }

  @Test
  void aResponseCutAnywhereIsUnreadable() {
    byte[] response = response(ALIAS, A_OF_ALIAS);
    for (int length = 0; length < response.length; length++) {
      Optional<Answer> answer = Messages.answer(QUERY, Arrays.copyOf(response, length));
      if (length < 12 + QUERY_QUESTION_BYTES) {
        assertThat(answer).isEmpty();
      } else {
        assertThat(answer).contains(Answer.Failure.UNREADABLE);
      }
    }
  }

  @Test
  void theTcFlagMarksATruncatedResponse() {
    byte[] response = response(A);
    assertThat(read(response).orElseThrow().truncated()).isFalse();
    response[2] |= 2;
    assertThat(read(response).orElseThrow().truncated()).isTrue();
    int questionEnd = 12 + QUERY_QUESTION_BYTES;
    assertThat(read(Arrays.copyOf(response, questionEnd)).orElseThrow().truncated()).isTrue();
    assertThat(read(Arrays.copyOf(response, questionEnd - 1))).isEmpty();
    assertThat(read(new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "2, false", "3, false", "4, true", "5, false", "9, false"})
  void formerrOrNotimpWithoutAnOptRecordRejectsEdns(int rcode, boolean rejects) {
    byte[] query = Messages.withOpt(Messages.query(NAME, Type.A)).toWire();
    Message response = Messages.response(NAME, Type.A, rcode, m -> {});
    assertThat(rejectsEdns(query, response.toWire())).isEqualTo(rejects);
    assertThat(rejectsEdns(QUERY.toWire(), response.toWire())).isFalse();
    assertThat(rejectsEdns(query, Messages.withOpt(response).toWire())).isFalse();
  }

  @Test
  void aHeaderWithFormerrRejectsEdnsWithAnyCounts() {
    byte[] query = Messages.withOpt(Messages.query(NAME, Type.A)).toWire();
    byte[] header = Arrays.copyOf(query, 12);
    Header.setWord(header, Header.FLAGS_AT, Header.RESPONSE | Rcode.FORMERR);
    assertThat(rejectsEdns(query, header)).isTrue();
    Header.setWord(header, Header.ADDITIONALS_AT, 0);
    assertThat(rejectsEdns(query, header)).isTrue();
    Header.setWord(header, Header.QUESTIONS_AT, 0);
    assertThat(rejectsEdns(query, header)).isTrue();
  }

  @Test
  void tcpHelpsATruncatedResponseUnlessTheServerReportsAnError() {
    Answer positive = read(response(A)).orElseThrow().answer();
    for (Answer answer : List.of(positive, Answer.Negative.NODATA, Answer.Failure.UNREADABLE)) {
      assertThat(new UpstreamResponse(answer, true, false, true).isWorthTcp()).isTrue();
      assertThat(new UpstreamResponse(answer, false, false, true).isWorthTcp()).isFalse();
    }
    assertThat(new UpstreamResponse(Answer.Failure.SERVFAIL, true, false, true).isWorthTcp())
        .isFalse();
  }

  @Test
  void onlyARefusalOfAServerWithRecursionMayMeanOverload() {
    assertThat(mayMeanOverload(Rcode.REFUSED, m -> {})).isTrue();
    assertThat(mayMeanOverload(Rcode.REFUSED, m -> m.getHeader().unsetFlag(Flags.RA))).isFalse();
    assertThat(mayMeanOverload(Rcode.SERVFAIL, m -> {})).isFalse();
    assertThat(mayMeanOverload(Rcode.NOERROR, m -> {})).isFalse();
  }

  private static boolean mayMeanOverload(int rcode, Consumer<Message> change) {
    byte[] response = Messages.response(NAME, Type.A, rcode, change).toWire();
    return read(response).orElseThrow().mayMeanOverload();
  }

  @Test
  void theIdIsReadFromAnyResponseWithAHeader() {
    byte[] header = Arrays.copyOf(response(A), 12);
    assertThat(AnswerReader.id(header)).contains(Messages.ID);
    assertThat(AnswerReader.id(Arrays.copyOf(header, 11))).isEmpty();
  }

  @Test
  void readingChangesNoBytes() {
    byte[] query = QUERY.toWire();
    byte[] response = response(ALIAS, A_OF_ALIAS);
    byte[] copy = response.clone();
    AnswerReader.read(query, response);
    assertThat(query).isEqualTo(QUERY.toWire());
    assertThat(response).isEqualTo(copy);
  }

  private static byte[] question(String name, int type) {
    return Messages.response(name, type, Rcode.NOERROR, m -> m.addRecord(A, Section.ANSWER))
        .toWire();
  }

  private static byte[] response(Record... records) {
    return Messages.response(
            NAME,
            Type.A,
            Rcode.NOERROR,
            m -> Arrays.stream(records).forEach(r -> m.addRecord(r, Section.ANSWER)))
        .toWire();
  }

  private static boolean rejectsEdns(byte[] query, byte[] response) {
    return AnswerReader.read(query, response).orElseThrow().rejectsEdns();
  }

  private static Optional<UpstreamResponse> read(byte[] response) {
    return AnswerReader.read(QUERY.toWire(), response);
  }
}
