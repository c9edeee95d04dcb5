package firstanswer.race;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative;
import firstanswer.resolver.Health;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.testing.Upstreams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WinningAnswerTest {

  private static final Health DOWN = new Health(Health.State.DOWN, "silent");
  private static final List<String> BEST_FIRST =
      List.of("positive", "alias", "nodata", "nxdomain", "failure");

  /** One row per pair, in either order. "open" means no verdict before the deadline. */
  @ParameterizedTest
  @CsvSource({
    "positive, positive, positive",
    "positive, alias,    positive",
    "positive, nodata,   positive",
    "positive, nxdomain, positive",
    "positive, failure,  positive",
    "positive, silent,   positive",
    "positive, not asked, positive",
    "positive, trouble,  positive",
    "alias,    alias,    alias",
    "alias,    nodata,   alias",
    "alias,    nxdomain, alias",
    "alias,    failure,  alias",
    "alias,    silent,   open",
    "alias,    not asked, alias",
    "nodata,   nodata,   nodata",
    "nodata,   nxdomain, nodata",
    "nodata,   failure,  nodata",
    "nodata,   silent,   open",
    "nodata,   not asked, nodata",
    "nxdomain, nxdomain, nxdomain",
    "nxdomain, failure,  nxdomain",
    "nxdomain, silent,   open",
    "nxdomain, trouble,  open",
    "nxdomain, not asked, nxdomain",
    "failure,  failure,  failure",
    "failure,  silent,   open",
    "failure,  trouble,  open",
    "trouble,  trouble,  open",
    "failure,  not asked, failure",
    "silent,   silent,   open",
    "silent,   not asked, open",
    "not asked, not asked, nodata",
  })
  void eitherOrderOfTwoAnswersGivesTheVerdict(String one, String other, String verdict) {
    assertThat(verdict(List.of(answer(one), answer(other)))).isEqualTo(verdict);
    assertThat(verdict(List.of(answer(other), answer(one)))).isEqualTo(verdict);
  }

  @Property
  void theOrderOfUpstreamsDoesNotMatter(
      @ForAll("answers") List<Answer> said, @ForAll Random random) {
    List<Answer> shuffled = new ArrayList<>(said);
    Collections.shuffle(shuffled, random);
    assertThat(verdict(shuffled)).isEqualTo(verdict(said));
  }

  @Property
  void verdictNeedsAPositiveOrAllThatCountAndIsTheBest(@ForAll("answers") List<Answer> said) {
    String best =
        BEST_FIRST.stream()
            .filter(word -> said.stream().anyMatch(answer -> word(answer).equals(word)))
            .findFirst()
            .orElse("nodata");
    boolean open = said.contains(Answer.Unheard.SILENT) && !best.equals("positive");
    assertThat(verdict(said)).isEqualTo(open ? "open" : best);
  }

  @Provide
  Arbitrary<List<Answer>> answers() {
    return Arbitraries.of(
            "positive", "alias", "nodata", "nxdomain", "failure", "silent", "not asked")
        .map(WinningAnswerTest::answer)
        .list()
        .ofMinSize(1)
        .ofMaxSize(64);
  }

  /** Upstreams in brackets are down. A verdict "failure" has no yes and no no. */
  @ParameterizedTest
  @CsvSource({
    "nxdomain, [silent], nxdomain",
    "nxdomain, [trouble], nxdomain",
    "nodata,   [silent], nodata",
    "failure,  [silent], failure",
    "positive, [silent], positive",
    "[positive], nxdomain, positive",
    "[silent], [silent], failure",
    "[silent], silent,   open",
    "[nodata], nxdomain, nodata",
    "nxdomain, down,     nxdomain",
    "down,     down,     failure",
    "down,     not asked, failure",
    "down,     silent,   open",
  })
  void verdictDoesNotWaitForUpstreamsThatAreDown(String one, String other, String verdict) {
    List<Answer> said =
        Stream.of(one, other).map(w -> answer(w.replaceAll("[\\[\\]]", ""))).toList();
    List<Health> health =
        Stream.of(one, other).map(w -> w.startsWith("[") ? DOWN : Health.UP).toList();
    assertThat(verdict(said, health)).isEqualTo(verdict);
  }

  private static Answer answer(String word) {
    return switch (word) {
      case "positive" -> Answer.Positive.line("a.example 192.0.2.1 A IN");
      case "alias" -> new Negative(Negative.Kind.ALIAS, Optional.empty());
      case "nodata" -> Negative.NODATA;
      case "nxdomain" -> Negative.NXDOMAIN;
      case "failure" -> Answer.Failure.SERVFAIL;
      case "silent" -> Answer.Unheard.SILENT;
      case "not asked" -> new Answer.Unheard(Answer.Unheard.Cause.NOT_ASKABLE);
      case "trouble" -> new Answer.Unheard(Answer.Unheard.Cause.CUT, "TCP: refused");
      case "down" -> new Answer.Unheard(Answer.Unheard.Cause.DOWN);
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static String verdict(List<Answer> said) {
    return verdict(said, Collections.nCopies(said.size(), Health.UP));
  }

  private static String verdict(List<Answer> said, List<Health> health) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      entries.add(new Entry(Upstreams.id(i), health.get(i), new Answered(0, 0, said.get(i))));
    }
    return WinningAnswer.of(entries, Set.of()).map(WinningAnswerTest::word).orElse("open");
  }

  private static String word(Reply reply) {
    return reply instanceof Reply.Relayed relayed ? word(relayed.answer()) : "failure";
  }

  private static String word(Answer answer) {
    if (answer instanceof Answer.Positive) {
      return "positive";
    }
    if (answer instanceof Negative negative) {
      return negative.kind().name().toLowerCase(Locale.ROOT);
    }
    return answer instanceof Answer.Failure ? "failure" : "silent or not asked";
  }
}
