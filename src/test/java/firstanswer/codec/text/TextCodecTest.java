package firstanswer.codec.text;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCodecTest {
  private static final DomainName NAME = DomainName.parse("a.example").orElseThrow();

  @Test
  void aQueryIsAHostNameButNotEof() {
    assertThat(TextCodec.readQuery("A.example")).contains(NAME);
    assertThat(TextCodec.readQuery("EOF")).isEmpty();
    assertThat(TextCodec.readQuery("no name")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example 192.0.2.1 A IN",
        "A.EXAMPLE 192.0.2.1 A",
        "a.example  192.0.2.1\tA  IN extra"
      })
  void anAddressOfTypeAIsPositiveAndKeptUnchanged(String text) {
    assertThat(TextCodec.readAnswer(text))
        .contains(new TextCodec.NamedAnswer(NAME, Answer.Positive.line(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example x",
        "a.example 192.0.2 A IN",
        "a.example 192.0.2.1",
        "a.example 192.0.2.1 AAAA IN",
        "a.example ",
        "a.example - SOMETHING"
      })
  void aNameWithAnyOtherTextIsAFailure(String text) {
    assertThat(TextCodec.readAnswer(text))
        .hasValueSatisfying(
            named -> {
              assertThat(named.name()).isEqualTo(NAME);
              assertThat(named.answer()).isInstanceOf(Answer.Failure.class);
            });
  }

  @Test
  void notFoundIsNxdomainAndTimedOutIsSilence() {
    assertThat(TextCodec.readAnswer("a.example - NOT FOUND"))
        .contains(new TextCodec.NamedAnswer(NAME, Answer.Negative.NXDOMAIN));
    assertThat(TextCodec.readAnswer("a.example - TIMED OUT"))
        .contains(new TextCodec.NamedAnswer(NAME, Answer.Unheard.SILENT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.example", "ERROR busy", "\u0000\u0001 x", "-- 192.0.2.1 A IN"})
  void aMessageWithoutANameBelongsToNoQuery(String text) {
    assertThat(TextCodec.readAnswer(text)).isEmpty();
  }

  @Test
  void eachOutcomeHasItsOwnMessage() {
    assertThat(TextCodec.positive("q", "192.0.2.1")).isEqualTo("q 192.0.2.1 A IN");
    assertThat(TextCodec.notFound("Q")).isEqualTo("Q - NOT FOUND");
    assertThat(TimedOutLine.write("Q")).isEqualTo("Q - TIMED OUT");
    assertThat(TextCodec.error("busy")).isEqualTo("ERROR busy");
  }
}
