package firstanswer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.config.HealthSettings;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRuleTest {
  private static final Duration DOWN_AFTER = Duration.ofMillis(2500);
  private static final Duration QUICK = Duration.ofMillis(1);
  private static final Health SILENT = new Health(State.SUSPECT, "silent");
  private static final Health DOWN = new Health(State.DOWN, "silent");
  private static final HealthSettings SETTINGS =
      new HealthSettings(2, DOWN_AFTER, Duration.ofSeconds(1), Duration.ofSeconds(15), 5);

  private final HealthRule rule = new HealthRule(SETTINGS);
  private Duration now = Duration.ofHours(1);

  /** Answers in a row, and the state after them: g is good, f a failure. */
  @ParameterizedTest
  @CsvSource({
    "'', UP",
    "g, UP",
    "f, UP",
    "ff, SUSPECT",
    "ffffffff, SUSPECT",
    "ffg, UP",
    "fgfg, UP",
  })
  void answersLeadToState(String answers, State state) {
    answers.chars().forEach(this::answers);
    assertThat(rule.health().state()).isEqualTo(state);
    assertThat(rule.health().reason().isEmpty()).isEqualTo(state == State.UP);
  }

  private Optional<Health> answers(int kind) {
    return kind == 'g'
        ? rule.onGood(QUICK, now.toNanos())
        : rule.onFailure("SERVFAIL", QUICK, now.toNanos());
  }

  @Test
  void serverSilentForTheWholeWhileAndOnAProbeIsDown() {
    asks();
    passes(DOWN_AFTER.dividedBy(2).minusMillis(1));
    assertThat(judged()).isEmpty();
    assertThat(rule.needsProbe(now.toNanos())).isFalse();
    passes(Duration.ofMillis(1));
    assertThat(judged()).contains(SILENT);
    assertThat(rule.needsProbe(now.toNanos())).isTrue();
    rule.onProbe();
    passes(DOWN_AFTER.dividedBy(2).minusMillis(1));
    assertThat(judged()).isEmpty();
    passes(Duration.ofMillis(1));
    assertThat(judged()).contains(DOWN);
    assertThat(judged()).isEmpty();
  }

  @Test
  void secondProbeGuardsAgainstTheLossOfTheFirstAndThereIsNoThird() {
    asks();
    passes(DOWN_AFTER.dividedBy(2));
    rule.onProbe();
    assertThat(rule.needsProbe(now.toNanos())).isFalse();
    passes(DOWN_AFTER.dividedBy(4));
    assertThat(rule.needsProbe(now.toNanos())).isTrue();
    rule.onProbe();
    passes(DOWN_AFTER);
    assertThat(rule.needsProbe(now.toNanos())).isFalse();
  }

  @Test
  void silenceWithoutAProbeMakesNoServerDown() {
    asks();
    passes(DOWN_AFTER.multipliedBy(10));
    assertThat(judged()).contains(SILENT);
    assertThat(judged()).isEmpty();
  }

  @Test
  void serverThatIsAskedNothingIsUp() {
    passes(Duration.ofDays(1));
    assertThat(judged()).isEmpty();
    assertThat(rule.needsProbe(now.toNanos())).isFalse();
  }

  @Test
  void manyQueriesInFlightTogetherAreNoEvidence() {
    for (int i = 0; i < 1000; i++) {
      asks();
    }
    passes(Duration.ofMillis(1200));
    assertThat(judged()).isEmpty();
  }

  /** The answer counts from when the server is asked anew, not from when it was last heard. */
  @Test
  void anyAnswerStartsTheWhileAnew() {
    asks();
    passes(DOWN_AFTER.minusMillis(1));
    rule.onProbe();
    assertThat(answers('f')).isEmpty();
    passes(DOWN_AFTER.multipliedBy(2));
    assertThat(judged()).isEmpty();
    asks();
    passes(DOWN_AFTER.dividedBy(2));
    assertThat(judged()).contains(SILENT);
  }

  @Test
  void slowServerIsWaitedForTwiceItsTime() {
    asks();
    passes(Duration.ofSeconds(3));
    assertThat(rule.onGood(Duration.ofSeconds(3), now.toNanos())).isEmpty();
    assertThat(rule.slowest()).isEqualTo(Duration.ofSeconds(3));
    asks();
    rule.onProbe();
    passes(Duration.ofMillis(5999));
    judged();
    assertThat(rule.health().counts()).isTrue();
    passes(Duration.ofMillis(1));
    assertThat(judged()).contains(DOWN);
  }

  @Test
  void slowAnswerOfLongAgoNoLongerCounts() {
    rule.onGood(Duration.ofSeconds(3), now.toNanos());
    passes(Duration.ofSeconds(10));
    rule.onGood(QUICK, now.toNanos());
    assertThat(rule.slowest()).isEqualTo(Duration.ofSeconds(3));
    passes(Duration.ofSeconds(10));
    rule.onGood(QUICK, now.toNanos());
    assertThat(rule.slowest()).isEqualTo(QUICK);
    rule.onGood(Duration.ofSeconds(3), now.toNanos());
    passes(Duration.ofSeconds(20));
    rule.onGood(QUICK, now.toNanos());
    assertThat(rule.slowest()).isEqualTo(QUICK);
  }

  @Test
  void quickAnswerSoonAfterASlowOneDoesNotHideIt() {
    rule.onGood(Duration.ofSeconds(3), now.toNanos());
    passes(Duration.ofSeconds(1));
    rule.onGood(QUICK, now.toNanos());
    assertThat(rule.slowest()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void serverThatIsDownIsUpWithAnyAnswerHoweverLate() {
    goDown();
    assertThat(rule.onGood(Duration.ofSeconds(9), now.toNanos())).contains(Health.UP);
  }

  @Test
  void serverThatIsDownIsSuspectWithAFailure() {
    goDown();
    assertThat(answers('f')).contains(new Health(State.SUSPECT, "SERVFAIL"));
    assertThat(answers('f')).isEmpty();
    assertThat(answers('g')).contains(Health.UP);
    assertThat(answers('g')).isEmpty();
  }

  @Test
  void serverThatRefusesAgainAndAgainForHalfASecondIsDown() {
    assertThat(rule.onRefused(now.toNanos())).isEmpty();
    passes(Duration.ofMillis(499));
    assertThat(rule.onRefused(now.toNanos())).isEmpty();
    passes(Duration.ofMillis(1));
    assertThat(rule.onRefused(now.toNanos())).contains(new Health(State.DOWN, "refused"));
    assertThat(rule.onRefused(now.toNanos())).isEmpty();
    assertThat(answers('g')).contains(Health.UP);
    assertThat(rule.onRefused(now.toNanos())).isEmpty();
  }

  @Test
  void serverThatWasSilentForHalfTheWhileIsUpAgainWithAFailure() {
    asks();
    passes(DOWN_AFTER.dividedBy(2));
    assertThat(judged()).contains(SILENT);
    assertThat(answers('f')).contains(Health.UP);
  }

  private void goDown() {
    asks();
    rule.onProbe();
    passes(DOWN_AFTER);
    assertThat(judged()).contains(DOWN);
    assertThat(rule.health().counts()).isFalse();
  }

  private void asks() {
    rule.onAsked(now.toNanos());
  }

  private void passes(Duration time) {
    now = now.plus(time);
  }

  private Optional<Health> judged() {
    return rule.onTime("silent", now.toNanos());
  }
}
