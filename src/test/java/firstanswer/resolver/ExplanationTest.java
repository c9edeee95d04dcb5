package firstanswer.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Asked;
import firstanswer.resolver.Transcript.Attempt;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.Transcript.NotAsked;
import firstanswer.testing.Upstreams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {
  private static final Attempt SILENT = new Asked(0);

  @Test
  void serversThatWereNotHeardComeFirst() {
    Attempt trouble = new Asked(0, Optional.of(new Unheard(Cause.UNREACHABLE, "refused")));
    assertThat(timedOut(said(Negative.NXDOMAIN), SILENT, NotAsked.NOT_ASKED, trouble))
        .isEqualTo(
            "TIMED OUT: server1 silent 4.5 s; server3 unreachable, refused; server0 NXDOMAIN;"
                + " server2 not asked");
  }

  @ParameterizedTest
  @CsvSource({"7, ''", "8, ''", "9, ; and 1 more", "64, ; and 56 more"})
  void atMostEightServersAreNamed(int servers, String more) {
    String text = timedOut(Collections.nCopies(servers, SILENT).toArray(Attempt[]::new));
    assertThat(text.split(";", -1)).hasSize(Math.min(9, servers));
    assertThat(text).endsWith("silent 4.5 s" + more);
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of(Answer.Positive.line("www.example.org 192.0.2.1 A IN"), "positive"),
        Arguments.of(Negative.NODATA, "NODATA"),
        Arguments.of(Answer.Failure.SERVFAIL, "SERVFAIL"),
        Arguments.of(Answer.Failure.UNREADABLE, "unreadable answer"),
        Arguments.of(
            new Answer.Failure(Answer.Failure.Unusable.REFERRAL, Optional.empty()), "referral"),
        Arguments.of(Unheard.SILENT, "silent"),
        Arguments.of(new Unheard(Cause.UNREACHABLE), "unreachable"),
        Arguments.of(new Unheard(Cause.HOST_UNKNOWN), "host unknown"),
        Arguments.of(new Unheard(Cause.CUT, "TCP: refused"), "cut answer, TCP: refused"),
        Arguments.of(new Unheard(Cause.DOWN), "down"),
        Arguments.of(new Unheard(Cause.OVER_BUDGET), "over its budget"),
        Arguments.of(new Unheard(Cause.NOT_ASKABLE), "not asked"));
  }

  @ParameterizedTest
  @MethodSource("words")
  void everyAnswerHasItsWords(Answer answer, String words) {
    assertThat(Explanation.word(answer)).isEqualTo(words);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reply.Unanswered.class,
      names = {"TIMED_OUT", "SILENCE"})
  void replyWithoutAnyUpstreamIsNoAnswer(Reply reply) {
    assertThat(Explanation.of(new Outcome(reply, Transcript.EMPTY))).isEqualTo("no answer");
  }

  @Test
  void defectOfOursIsAnInternalError() {
    assertThat(Explanation.of(Outcome.INTERNAL_ERROR)).isEqualTo("internal error");
  }

  @Test
  void withheldNoIsTheBestOfAll() {
    Transcript transcript =
        transcript(said(Negative.NXDOMAIN), said(Negative.NODATA), said(Answer.Failure.SERVFAIL));
    assertThat(Explanation.of(new Outcome(Reply.Unanswered.WITHHELD, transcript)))
        .isEqualTo("NODATA without server2 SERVFAIL");
  }

  @Test
  void noIsIncompleteIfAServerMayHoldTheName() {
    assertThat(transcript(said(Negative.NXDOMAIN), SILENT).isIncomplete()).isTrue();
    assertThat(transcript(said(Negative.NXDOMAIN), said(Negative.NODATA)).isIncomplete()).isFalse();
  }

  private static String timedOut(Attempt... attempts) {
    return Explanation.of(new Outcome(Reply.Unanswered.TIMED_OUT, transcript(attempts)));
  }

  private static Attempt said(Answer answer) {
    return new Answered(0, 1, answer);
  }

  private static Transcript transcript(Attempt... attempts) {
    List<Entry> entries = new ArrayList<>();
    for (Attempt attempt : attempts) {
      entries.add(new Entry(Upstreams.id(entries.size()), Health.UP, attempt));
    }
    return new Transcript(entries, 4_500_000_000L);
  }
}
