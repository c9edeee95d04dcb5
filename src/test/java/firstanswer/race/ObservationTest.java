package firstanswer.race;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.dns.DomainName;
import firstanswer.race.Observation.Sample;
import firstanswer.resolver.Health;
import firstanswer.resolver.Transcript;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Asked;
import firstanswer.resolver.Transcript.Attempt;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.Transcript.NotAsked;
import firstanswer.testing.Upstreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;

class ObservationTest {
  private static final DomainName NAME = DomainName.parse("www.example.org").orElseThrow();
  private static final Answer YES = Answer.Positive.line("www.example.org 192.0.2.1 A IN");
  private static final Attempt YES_AT_130 = new Answered(100, 130, YES);
  private static final long NOW = 200;

  @Test
  void holderIsTheFirstUpstreamWithAYes() {
    assertThat(observed(said(Negative.NXDOMAIN), YES_AT_130, YES_AT_130).holder())
        .contains(Upstreams.id(1));
    assertThat(observed(said(Negative.NODATA), new Asked(0), NotAsked.NOT_ASKED).holder())
        .isEmpty();
  }

  static Stream<Answer> lacking() {
    return Stream.of(
        Negative.NXDOMAIN, Negative.NODATA, Unheard.SILENT, Answer.Failure.of(Rcode.REFUSED));
  }

  @ParameterizedTest
  @MethodSource("lacking")
  void upstreamThatSaysNoLacksTheName(Answer no) {
    assertThat(observed(YES_AT_130, said(no)).othersLackIt()).isTrue();
  }

  static Stream<Attempt> notLacking() {
    return Stream.of(
        YES_AT_130,
        said(Answer.Failure.SERVFAIL),
        said(Answer.Failure.UNREADABLE),
        said(new Unheard(Cause.DOWN)),
        new Asked(100),
        NotAsked.NOT_ASKED);
  }

  @ParameterizedTest
  @MethodSource("notLacking")
  void upstreamThatSaysNeitherYesNorNoMayHoldTheName(Attempt attempt) {
    assertThat(observed(YES_AT_130, attempt).othersLackIt()).isFalse();
  }

  @Test
  void yesAndNoShowTheTimeOfTheirServer() {
    Observation observed = observed(YES_AT_130, new Answered(110, 150, Negative.NXDOMAIN));
    assertThat(observed.name()).isEqualTo(NAME);
    assertThat(observed.samples()).containsExactly(sample(0, 30, false), sample(1, 40, false));
  }

  @Test
  void failureShowsNoTimeOfItsServer() {
    assertThat(observed(said(Answer.Failure.SERVFAIL)).samples()).isEmpty();
  }

  @Test
  void serverIsOvertakenByOneThatWasAskedLater() {
    assertThat(observed(new Asked(60), YES_AT_130).samples())
        .containsExactly(sample(0, 140, true), sample(1, 30, false));
    assertThat(observed(new Answered(60, 70, Unheard.SILENT), new Asked(100)).samples())
        .containsExactly(sample(0, 140, true));
  }

  @Test
  void serverIsNotOvertakenByOneThatWasAskedWithIt() {
    assertThat(observed(new Asked(100), YES_AT_130).samples())
        .containsExactly(sample(1, 30, false));
    assertThat(observed(NotAsked.NOT_ASKED, YES_AT_130).samples())
        .containsExactly(sample(1, 30, false));
  }

  @Test
  void serverIsNotOvertakenByOneThatWePassedOver() {
    Attempt passedOver = new Answered(150, 150, new Unheard(Cause.OVER_BUDGET));
    assertThat(observed(new Asked(100), passedOver).samples()).isEmpty();
  }

  @Test
  void silenceThatMayBeANoShowsNoTime() {
    Transcript transcript = transcript(new Asked(60), new Asked(70), YES_AT_130);
    Observation observed =
        Observation.of(NAME, transcript, NOW, upstream -> !upstream.equals(Upstreams.id(1)));
    assertThat(observed.samples()).containsExactly(sample(1, 130, true), sample(2, 30, false));
  }

  private static Attempt said(Answer answer) {
    return new Answered(100, 120, answer);
  }

  private static Sample sample(int upstream, long nanos, boolean overtaken) {
    return new Sample(Upstreams.id(upstream), Duration.ofNanos(nanos), overtaken);
  }

  private static Observation observed(Attempt... attempts) {
    return Observation.of(NAME, transcript(attempts), NOW, upstream -> false);
  }

  private static Transcript transcript(Attempt... attempts) {
    List<Entry> entries = new ArrayList<>();
    for (Attempt attempt : attempts) {
      entries.add(new Entry(Upstreams.id(entries.size()), Health.UP, attempt));
    }
    return new Transcript(entries, NOW);
  }
}
