package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.codec.wire.ClientQuery;
import firstanswer.codec.wire.QueryReader;
import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.Content;
import firstanswer.resolver.Health;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Reply.Unanswered;
import firstanswer.resolver.Transcript;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Asked;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.testing.Upstreams;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsReplyTest {
  private static final Health DOWN = new Health(Health.State.DOWN, "silent");
  private static final Entry SAYS_NO = entry(0, Health.UP, Answer.Negative.NXDOMAIN);
  private static final Entry SILENT = new Entry(Upstreams.id(1), Health.UP, new Asked(0));
  private static final Entry SILENT_AND_DOWN = new Entry(Upstreams.id(1), DOWN, new Asked(0));
  private static final Duration TOOK = Duration.ofMillis(4_500);

  @Test
  void timeoutSaysWhichServerWasSilent() throws IOException {
    Message response = response(Unanswered.TIMED_OUT, SAYS_NO, SILENT);
    assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
    expectError(response, 22, "TIMED OUT: server1 silent 4.5 s; server0 NXDOMAIN");
  }

  @Test
  void noWithoutADownServerSaysSo() throws IOException {
    Reply no = new Reply.Relayed(Answer.Negative.NXDOMAIN);
    Message response = response(no, SAYS_NO, SILENT_AND_DOWN);
    assertThat(response.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    expectError(response, 22, "without server1 down: silent");
  }

  @Test
  void noWithoutADownServerLivesFiveSeconds() throws IOException {
    assertThat(ttlsOfNo(SILENT_AND_DOWN)).containsExactly(5L);
  }

  @Test
  void noBesideAServfailSaysSoAndLivesFiveSeconds() throws IOException {
    Entry failed = entry(1, Health.UP, Answer.Failure.SERVFAIL);
    Reply no = new Reply.Relayed(Answer.Negative.NXDOMAIN);
    expectError(response(no, SAYS_NO, failed), 22, "without server1 SERVFAIL");
    assertThat(ttlsOfNo(failed)).containsExactly(5L);
  }

  @Test
  void noBesideARefusalKeepsItsTtl() throws IOException {
    assertThat(ttlsOfNo(entry(1, Health.UP, Answer.Failure.of(Rcode.REFUSED))))
        .containsExactly(3600L);
  }

  /** The TTLs of NXDOMAIN with an SOA record of an hour, said beside {@code other}. */
  private static List<Long> ttlsOfNo(Entry other) throws IOException {
    Message message = question();
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setRcode(Rcode.NXDOMAIN);
    Name zone = Name.fromString("example.");
    message.addRecord(
        new SOARecord(zone, DClass.IN, 3600, zone, zone, 1, 1, 1, 1, 3600), Section.AUTHORITY);
    Answer no =
        new Answer.Negative(
            Answer.Negative.Kind.NXDOMAIN, Optional.of(new Content.Message(message.toWire())));
    Message response = response(new Reply.Relayed(no), entry(0, Health.UP, no), other);
    assertThat(response.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    return response.getSection(Section.AUTHORITY).stream().map(Record::getTTL).toList();
  }

  @Test
  void noOfAllServersHasNoExtendedError() throws IOException {
    Message response = response(new Reply.Relayed(Answer.Negative.NXDOMAIN), SAYS_NO);
    assertThat(response.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(response.getOPT().getOptions()).isEmpty();
  }

  @Test
  void withheldNoIsServfailThatSaysWhy() throws IOException {
    Message response = response(Unanswered.WITHHELD, SAYS_NO, SILENT_AND_DOWN);
    assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
    expectError(response, 22, "NXDOMAIN without server1 down: silent");
  }

  @ParameterizedTest
  @CsvSource({"ALL_DOWN", "ALL_OVER_BUDGET"})
  void queryWithoutAskableServersIsANetworkError(Unanswered reply) throws IOException {
    Entry busy = entry(0, Health.UP, new Unheard(Unheard.Cause.OVER_BUDGET));
    Message response = response(reply, busy, SILENT_AND_DOWN);
    assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
    expectError(response, 23, "server0 over its budget; server1 down: silent");
  }

  @Test
  void singleUnheardServerIsANetworkErrorWithDetail() throws IOException {
    Unheard cut = new Unheard(Unheard.Cause.CUT, "TCP: connection refused");
    Message response = response(new Reply.Relayed(cut), entry(0, Health.UP, cut));
    assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
    expectError(response, 23, "cut answer, TCP: connection refused");
  }

  @Test
  void answerThatCannotBeRelayedIsAFailure() throws IOException {
    Answer broken = Answer.Positive.line("no-address");
    Message response = response(new Reply.Relayed(broken), entry(0, Health.UP, broken));
    assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
    expectError(response, 23, "unreadable answer");
  }

  private static Entry entry(int upstream, Health health, Answer answer) {
    return new Entry(Upstreams.id(upstream), health, new Answered(0, 1, answer));
  }

  private static Message response(Reply reply, Entry... entries) throws IOException {
    Outcome outcome = new Outcome(reply, new Transcript(List.of(entries), TOOK.toNanos()));
    return new Message(DnsReply.write(query(), outcome, 512));
  }

  private static ClientQuery query() throws IOException {
    Message query = question();
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    return (ClientQuery) QueryReader.read(query.toWire());
  }

  private static Message question() throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString("a.example."), Type.A, DClass.IN));
  }

  private static void expectError(Message response, int code, String text) {
    assertThat(response.getOPT().getOptions())
        .singleElement()
        .isInstanceOfSatisfying(
            ExtendedErrorCodeOption.class,
            error -> {
              assertThat(error.getErrorCode()).isEqualTo(code);
              assertThat(error.getText()).isEqualTo(text);
            });
  }
}
