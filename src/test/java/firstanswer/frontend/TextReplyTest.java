package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.resolver.Reply.Unanswered;
import firstanswer.testing.Outcomes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReplyTest {

  @Test
  void eachAnswerHasItsWords() {
    assertThat(TextReply.write("Q", Outcomes.of(Answer.Positive.line("q 192.0.2.1 A IN"))))
        .contains("q 192.0.2.1 A IN");
    assertThat(TextReply.write("Q", Outcomes.of(Answer.Negative.NXDOMAIN)))
        .contains("Q - NOT FOUND");
    assertThat(TextReply.write("Q", Outcomes.of(Answer.Negative.NODATA))).contains("Q - NOT FOUND");
    assertThat(TextReply.write("Q", Outcomes.of(Answer.Failure.UNREADABLE)))
        .contains("ERROR unreadable answer");
    assertThat(
            TextReply.write(
                "Q", Outcomes.of(new Answer.Unheard(Answer.Unheard.Cause.HOST_UNKNOWN))))
        .contains("ERROR host unknown");
  }

  @ParameterizedTest
  @CsvSource({"TIMED_OUT, Q - TIMED OUT", "WITHHELD, Q - TIMED OUT", "SILENCE,"})
  void unansweredQueryIsATimeoutOrSilence(Unanswered reply, String message) {
    assertThat(TextReply.write("Q", Outcomes.of(reply)).orElse(null)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"ALL_OVER_BUDGET", "ALL_DOWN", "INTERNAL_ERROR"})
  void replyWithoutAWordInTheProtocolIsAnError(Unanswered reply) {
    assertThat(TextReply.write("Q", Outcomes.of(reply)).orElseThrow()).startsWith("ERROR ");
  }
}
