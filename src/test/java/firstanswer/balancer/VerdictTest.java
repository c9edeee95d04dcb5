package firstanswer.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative;
import firstanswer.dns.Answer.NoAnswer;
import firstanswer.dns.Answer.Silence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  /** One row a pair; either order must give the same. "open" is: no verdict before the deadline. */
  @ParameterizedTest
  @CsvSource({
    "positive, positive, positive, positive",
    "positive, nodata,   positive, positive",
    "positive, nxdomain, positive, positive",
    "positive, failure,  positive, positive",
    "positive, silent,   positive, positive",
    "nodata,   nodata,   nodata,   nodata",
    "nodata,   nxdomain, nodata,   nodata",
    "nodata,   failure,  nodata,   nodata",
    "nodata,   silent,   open,     timed out",
    "nxdomain, nxdomain, nxdomain, nxdomain",
    "nxdomain, failure,  nxdomain, nxdomain",
    "nxdomain, silent,   open,     timed out",
    "failure,  failure,  failure,  failure",
    "failure,  silent,   open,     timed out",
    "silent,   silent,   open,     timed out",
  })
  void ofTwo(String one, String other, String before, String atDeadline) {
    for (List<Answer> said :
        List.of(List.of(answer(one), answer(other)), List.of(answer(other), answer(one)))) {
      assertThat(Verdict.beforeDeadline(said).map(VerdictTest::word).orElse("open"))
          .isEqualTo(before);
      assertThat(word(Verdict.atDeadline(said))).isEqualTo(atDeadline);
    }
  }

  @Property
  void theOrderOfUpstreamsDoesNotMatter(
      @ForAll("answers") List<Answer> said, @ForAll Random random) {
    List<Answer> shuffled = new ArrayList<>(said);
    Collections.shuffle(shuffled, random);
    assertThat(word(Verdict.atDeadline(shuffled))).isEqualTo(word(Verdict.atDeadline(said)));
  }

  @Property
  void aVerdictNeedsAYesOrEverybody(@ForAll("answers") List<Answer> said) {
    boolean yes = said.stream().anyMatch(Answer.Positive.class::isInstance);
    boolean everybody = !said.contains(Silence.SILENT);
    assertThat(Verdict.beforeDeadline(said).isPresent()).isEqualTo(yes || everybody);
    if (yes) {
      assertThat(Verdict.atDeadline(said)).isInstanceOf(Answer.Positive.class);
    }
  }

  @Property
  void onceGivenAVerdictIsNotChangedByWhoSpeaksLater(@ForAll("answers") List<Answer> said) {
    Verdict.beforeDeadline(said)
        .ifPresent(verdict -> assertThat(Verdict.atDeadline(said)).isEqualTo(verdict));
  }

  @Provide
  Arbitrary<List<Answer>> answers() {
    return Arbitraries.of("positive", "nodata", "nxdomain", "failure", "silent")
        .map(VerdictTest::answer)
        .list()
        .ofMinSize(1)
        .ofMaxSize(64);
  }

  private static Answer answer(String word) {
    return switch (word) {
      case "positive" -> new Answer.Positive("a.example 192.0.2.1 A IN");
      case "nodata" -> Negative.NODATA;
      case "nxdomain" -> Negative.NXDOMAIN;
      case "failure" -> new Answer.Failure("SERVFAIL");
      case "silent" -> Silence.SILENT;
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static String word(Answer answer) {
    if (answer instanceof Answer.Positive) {
      return "positive";
    }
    if (answer instanceof Answer.Failure) {
      return "failure";
    }
    if (answer instanceof Negative negative) {
      return negative == Negative.NODATA ? "nodata" : "nxdomain";
    }
    return answer == NoAnswer.TIMED_OUT ? "timed out" : "silent";
  }
}
