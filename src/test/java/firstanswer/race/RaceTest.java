package firstanswer.race;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.resolver.Explanation;
import firstanswer.resolver.Health;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Reply;
import firstanswer.testing.Upstreams;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the waves of a race begin. {@link RaceExplorationTest} checks the replies of all races. */
class RaceTest {
  private static final Duration DELAY = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Health DOWN = new Health(Health.State.DOWN, "silent");
  private static final Unheard TROUBLE = new Unheard(Cause.UNREACHABLE, "refused");

  @Test
  void firstWaveIsAskedAloneAndItsDelayRuns() {
    Race.Step step = begin(waves("0", "1 2"));
    assertAsks(step, DELAY, 0);
    assertThat(Upstreams.numbers(step.race().lastAsked())).containsExactly(0);
    assertThat(step.race().nextAttempts()).isEqualTo(2);
  }

  @Test
  void nextWaveIsAskedWhenAllOfTheLastHaveSpoken() {
    Race race = begin(waves("0 1", "2", "3")).race();
    Race.Step first = race.onAnswer(Upstreams.id(0), Negative.NXDOMAIN, 1);
    assertAsksNothing(first);
    Race.Step second = first.race().onAnswer(Upstreams.id(1), Answer.Failure.SERVFAIL, 2);
    assertAsks(second, DELAY, 2);
    Race.Step last = second.race().onAnswer(Upstreams.id(2), Negative.NODATA, 3);
    assertThat(Upstreams.numbers(last.ask())).containsExactly(3);
    assertThat(last.delay()).isEmpty();
  }

  @Test
  void nextWaveIsAskedWhenTheLastCannotBeReached() {
    Race race = begin(waves("0", "1", "2")).race();
    Race.Step step = race.onAnswer(Upstreams.id(0), TROUBLE, 1);
    assertAsks(step, DELAY, 1);
    assertThat(step.again()).contains(Upstreams.id(0));
  }

  @Test
  void nextWaveDoesNotWaitForServersThatAreDown() {
    Plan plan = waves("0 1", "2", "3");
    Race race = begin(plan, List.of(Health.UP, DOWN, DOWN, Health.UP)).race();
    Race.Step step = race.onAnswer(Upstreams.id(0), Negative.NXDOMAIN, 1);
    assertThat(Upstreams.numbers(step.ask())).containsExactly(2, 3);
  }

  @Test
  void delayWithBudgetAsksTheNextWaveOnly() {
    Race race = begin(waves("0", "1", "2")).race();
    assertAsks(race.onDelay(true, 1), DELAY, 1);
  }

  @Test
  void delayWithoutBudgetAsksAllWhenThePatienceIsOver() {
    Race race = begin(waves("0", "1", "2")).race();
    Race.Step denied = race.onDelay(false, 1);
    assertThat(denied.ask()).isEmpty();
    assertThat(denied.delay()).contains(PATIENCE.minus(DELAY));
    Race.Step all = denied.race().onDelay(false, 2);
    assertThat(Upstreams.numbers(all.ask())).containsExactly(1, 2);
    assertThat(all.delay()).isEmpty();
  }

  @Test
  void eachWaveHasItsOwnPatience() {
    Race race = begin(waves("0", "1", "2")).race();
    Race.Step next = race.onDelay(false, 1).race().onDelay(true, 2);
    assertAsks(next, DELAY, 1);
    assertThat(next.race().onDelay(false, 3).delay()).contains(PATIENCE.minus(DELAY));
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 1500})
  void delayAsLongAsThePatienceAsksAll(long millis) {
    Plan.Wave first = new Plan.Wave(Upstreams.ids(1), Duration.ofMillis(millis));
    Plan plan = new Plan(List.of(first, wave("1"), wave("2")));
    assertThat(Upstreams.numbers(begin(plan).race().onDelay(false, 1).ask())).containsExactly(1, 2);
  }

  @Test
  void transcriptTellsTheTimeSinceTheQueryCame() {
    assertThat(begin(waves("0")).race().transcript(40, 100).tookNanos()).isEqualTo(60);
  }

  /** An upstream without data of the type denies the type by its nature, but not the name. */
  @Test
  void nameMayBeHeldByAnUpstreamThatCannotHoldTheType() {
    assertThat(explained(Negative.NXDOMAIN)).isEqualTo("without server1 silent 0.0 s");
    assertThat(explained(Negative.NODATA)).isEmpty();
  }

  private static String explained(Answer answer) {
    Race.Terms terms = new Race.Terms(PATIENCE, PATIENCE, false, true, Set.of(Upstreams.id(1)));
    Plan plan = waves("0 1");
    Race.Step step =
        Race.begin(terms, plan, Upstreams.health(allUp(2)), 0)
            .race()
            .onAnswer(Upstreams.id(0), answer, 1);
    if (step.reply().isEmpty()) {
      step = step.race().onDeadline(Upstreams.health(allUp(2)), 2);
    }
    assertThat(step.reply()).contains(new Reply.Relayed(answer));
    return Explanation.of(new Outcome(step.reply().get(), step.race().transcript(0, 2)));
  }

  private static void assertAsks(Race.Step step, Duration delay, int upstream) {
    assertThat(Upstreams.numbers(step.ask())).containsExactly(upstream);
    assertThat(step.delay()).contains(delay);
    assertThat(step.reply()).isEmpty();
  }

  private static void assertAsksNothing(Race.Step step) {
    assertThat(step.ask()).isEmpty();
    assertThat(step.delay()).isEmpty();
    assertThat(step.reply()).isEmpty();
  }

  private static Race.Step begin(Plan plan) {
    long count = plan.waves().stream().mapToLong(wave -> wave.upstreams().size()).sum();
    return begin(plan, allUp((int) count));
  }

  private static Race.Step begin(Plan plan, List<Health> health) {
    Race.Terms terms = new Race.Terms(Duration.ofSeconds(5), PATIENCE, true, true, Set.of());
    return Race.begin(terms, plan, Upstreams.health(health), 0);
  }

  /** A plan, by the numbers of the upstreams of each wave. */
  private static Plan waves(String... waves) {
    return new Plan(Stream.of(waves).map(RaceTest::wave).toList());
  }

  private static Plan.Wave wave(String upstreams) {
    List<Integer> numbers = Stream.of(upstreams.split(" ")).map(Integer::valueOf).toList();
    return new Plan.Wave(Upstreams.ids(numbers), DELAY);
  }

  private static List<Health> allUp(int count) {
    return Collections.nCopies(count, Health.UP);
  }
}
