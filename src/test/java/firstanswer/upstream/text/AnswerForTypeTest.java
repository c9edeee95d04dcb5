package firstanswer.upstream.text;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

class AnswerForTypeTest {
  private static final Answer HIT = Answer.Positive.line("a.example 192.0.2.1 A IN");

  @Test
  void everyAnswerIsItselfForTypeA() {
    assertThat(AnswerForType.of(HIT, Type.A)).isSameAs(HIT);
    assertThat(AnswerForType.of(Answer.Negative.NXDOMAIN, Type.A))
        .isSameAs(Answer.Negative.NXDOMAIN);
    assertThat(AnswerForType.of(Answer.Unheard.SILENT, Type.A)).isSameAs(Answer.Unheard.SILENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {Type.AAAA, Type.MX, Type.TXT, Type.CNAME, Type.HTTPS, 0, 65_535})
  void hitIsNodataForAnotherType(int type) {
    assertThat(AnswerForType.of(HIT, type)).isEqualTo(Answer.Negative.NODATA);
  }

  @Test
  void missSaysNothingAboutAnotherType() {
    assertThat(AnswerForType.of(Answer.Negative.NXDOMAIN, Type.AAAA))
        .isEqualTo(new Answer.Unheard(Cause.NOT_ASKABLE));
  }

  @Test
  void failureAndSilenceAreTheSameForEveryType() {
    assertThat(AnswerForType.of(Answer.Failure.UNREADABLE, Type.AAAA))
        .isSameAs(Answer.Failure.UNREADABLE);
    assertThat(AnswerForType.of(Answer.Unheard.SILENT, Type.AAAA)).isSameAs(Answer.Unheard.SILENT);
  }
}
