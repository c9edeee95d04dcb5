package firstanswer.race;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.DomainName;
import firstanswer.race.Observation.Sample;
import firstanswer.resolver.Health;
import firstanswer.testing.Upstreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static final DelayBounds BOUNDS =
      new DelayBounds(Duration.ofMillis(10), Duration.ofMillis(200));
  private static final Health DOWN = new Health(Health.State.DOWN, "no answer in time");
  private static final Health SUSPECT = new Health(Health.State.SUSPECT, "SERVFAIL");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Experience experience = new Experience(100, 95, BOUNDS.max());
  private final Policy hedge = new Hedge(BOUNDS);
  private final List<Integer> inFlight = new ArrayList<>(List.of(0, 0, 0));
  private long now = 100 * SECOND;

  @Test
  void raceAsksAllAtOnce() {
    assertThat(waves(new AllAtOnce(Upstreams.ids(3)), "a.example", allUp(3)))
        .containsExactly(List.of(0, 1, 2));
  }

  @Test
  void fallbackKeepsTheOrderAndAsksDownServersAtOnce() {
    assertThat(waves(new Fallback(BOUNDS), "a.example", List.of(DOWN, SUSPECT, Health.UP)))
        .containsExactly(List.of(1, 0), List.of(2));
  }

  @Test
  void onlyPoliciesThatChooseLearnFromQueries() {
    assertThat(new AllAtOnce(Upstreams.ids(3)).learns()).isFalse();
    assertThat(new Fallback(BOUNDS).learns()).isTrue();
    assertThat(hedge.learns()).isTrue();
  }

  @Test
  void anyPolicyAsksAllAtOnceWhenAllAreDown() {
    assertThat(waves(hedge, "a.example", List.of(DOWN, DOWN))).containsExactly(List.of(0, 1));
    assertThat(waves(new Fallback(BOUNDS), "a.example", List.of(DOWN, DOWN)))
        .containsExactly(List.of(0, 1));
  }

  @Test
  void holderIsForgottenWhenAnotherServerHasTheName() {
    learn("a.example", 2);
    took(0, 5);
    took(1, 1);
    took(2, 5);
    assertThat(first("a.example")).isEqualTo(2);
    experience.learn(
        new Observation(name("a.example"), Optional.of(Upstreams.id(0)), false, List.of()), now);
    assertThat(first("a.example")).isEqualTo(1);
  }

  @Test
  void hedgeAsksTheLastHolderFirst() {
    learn("a.example", 2);
    learn("b.example", 1);
    assertThat(first("A.Example")).isEqualTo(2);
    assertThat(first("b.example")).isEqualTo(1);
    learn("a.example", 0);
    assertThat(first("a.example")).isZero();
  }

  @Test
  void hedgeAsksTheHolderOfTheClosestNameAbove() {
    learn("www.corp.example", 1);
    learn("www.lab.corp.example", 2);
    assertThat(first("new.lab.corp.example")).isEqualTo(2);
    assertThat(first("new.vpn.corp.example")).isEqualTo(2);
    learn("www.corp.example", 1);
    assertThat(first("new.vpn.corp.example")).isEqualTo(1);
    assertThat(first("new.lab.corp.example")).isEqualTo(2);
  }

  @Test
  void oldestHolderIsForgottenAtTheLimit() {
    learn("first.a", 2);
    for (int i = 0; i < 100; i++) {
      learn("n" + i + ".b", 1);
    }
    took(0, 1);
    took(1, 1);
    took(2, 5);
    assertThat(first("first.a")).isZero();
  }

  @Test
  void hedgeWithoutExperienceAsksTheHealthiestFirst() {
    took(0, 1);
    took(1, 5);
    took(2, 5);
    assertThat(first("a.example", List.of(SUSPECT, Health.UP, DOWN))).isEqualTo(1);
    assertThat(first("a.example", List.of(SUSPECT, DOWN, DOWN))).isZero();
  }

  @Test
  void hedgeAsksTheFastestHealthyServerFirst() {
    took(0, 20);
    took(1, 3);
    took(2, 7);
    assertThat(hedge("a.example", allUp(3)).waves())
        .extracting(wave -> Upstreams.numbers(wave.upstreams()))
        .containsExactly(List.of(1), List.of(2), List.of(0));
  }

  @Test
  void hedgeCountsQueriesInFlightInTheExpectedTime() {
    took(0, 20);
    took(1, 3);
    took(2, 7);
    inFlight.set(1, 2);
    assertThat(first("a.example")).isEqualTo(2);
    inFlight.set(2, 1);
    assertThat(first("a.example")).isEqualTo(1);
  }

  /** From 32 elements on, sorting fails if the compared values change meanwhile. */
  @Test
  void hedgeBearsCountsInFlightThatChangeMeanwhile() {
    Experience ofMany = new Experience(100, 95, BOUNDS.max());
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      Circumstances query =
          new Circumstances(
              name("a.example"), Upstreams.health(allUp(64)), u -> random.nextInt(100), now);
      ofMany.begin(hedge.plan(query, ofMany), now);
      assertThat(hedge.plan(query, ofMany).waves()).hasSize(3);
    }
  }

  @Test
  void hedgeAsksTheLikeliestThenTheNextThenAllOthers() {
    Experience ofFive = new Experience(100, 95, BOUNDS.max());
    Circumstances query =
        new Circumstances(name("a.example"), Upstreams.health(allUp(5)), i -> 0, now);
    assertThat(hedge.plan(query, ofFive).waves())
        .extracting(wave -> Upstreams.numbers(wave.upstreams()))
        .containsExactly(List.of(0), List.of(1), List.of(2, 3, 4));
  }

  /** All servers are quick, but one is overtaken now and then, and its real times are not seen. */
  @Test
  void overtakenServerIsNotTheFastest() {
    for (int i = 0; i < 30; i++) {
      took(0, 1);
      took(1, 2);
      took(2, 5);
    }
    assertThat(first("a.example")).isZero();
    List<Sample> overtaken = List.of(new Sample(Upstreams.id(0), Duration.ofMillis(10), true));
    experience.learn(
        new Observation(name("x.example"), Optional.of(Upstreams.id(1)), false, overtaken), now);
    assertThat(first("a.example")).isEqualTo(1);
  }

  @Test
  void serverUnheardForAWhileIsTriedOnce() {
    took(0, 20);
    took(1, 3);
    took(2, 7);
    now += 11 * SECOND;
    took(1, 3);
    took(2, 7);
    assertThat(begin("a.example")).isZero();
    assertThat(begin("b.example")).isEqualTo(1);
    now += 11 * SECOND;
    took(1, 3);
    took(2, 7);
    assertThat(begin("c.example")).isZero();
    took(0, 2);
    assertThat(begin("d.example")).isZero();
  }

  @Test
  void hedgeTriesEachServerAtFirst() {
    assertThat(List.of(begin("a.example"), begin("b.example"), begin("c.example")))
        .containsExactly(0, 1, 2);
    took(2, 5);
    assertThat(first("d.example")).isEqualTo(2);
  }

  /** Nineteen of twenty answers are quick, so the percentile 95 is that of the quick ones. */
  @ParameterizedTest
  @CsvSource({"1, 1, 10", "30, 30, 30", "30, 900, 30", "900, 900, 200", "900, 1, 200"})
  void delayIsThePercentileOfTheFirstWithinBounds(long nineteen, long one, long delay) {
    for (int i = 0; i < 19; i++) {
      took(0, nineteen);
    }
    took(0, one);
    learn("a.example", 0);
    Plan.Wave wave = hedge("a.example", allUp(2)).waves().get(0);
    assertThat(wave).isEqualTo(new Plan.Wave(Upstreams.ids(1), Duration.ofMillis(delay)));
  }

  @Test
  void delayAfterAnUnknownServerIsTheShortest() {
    assertThat(hedge("a.example", allUp(2)).waves().get(0).delay()).isEqualTo(BOUNDS.min());
  }

  @Test
  void anyPolicyAsksASingleServerAtOnce() {
    assertThat(waves(hedge, "a.example", allUp(1))).containsExactly(List.of(0));
    assertThat(waves(new Fallback(BOUNDS), "a.example", allUp(1))).containsExactly(List.of(0));
  }

  @Test
  void budgetIsAShareOfQueriesPlusSavings() {
    HedgeBudget budget = new HedgeBudget(0.1);
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      budget.earn();
      taken += budget.tryTake(1) ? 1 : 0;
    }
    assertThat(taken).isBetween(1_099, 1_100);
    assertThat(budget.tryTake(2)).isFalse();
  }

  @Test
  void savedBudgetHasALimit() {
    HedgeBudget budget = new HedgeBudget(1);
    for (int i = 0; i < 10_000; i++) {
      budget.earn();
    }
    assertThat(budget.tryTake(100)).isTrue();
    assertThat(budget.tryTake(1)).isFalse();
  }

  @Test
  void emptyBudgetGrantsNothing() {
    assertThat(new HedgeBudget(0).tryTake(1)).isFalse();
  }

  private void learn(String name, int holder) {
    experience.learn(
        new Observation(name(name), Optional.of(Upstreams.id(holder)), true, List.of()), now);
  }

  private void took(int upstream, long millis) {
    List<Sample> sample =
        List.of(new Sample(Upstreams.id(upstream), Duration.ofMillis(millis), false));
    experience.learn(new Observation(name("x.example"), Optional.empty(), false, sample), now);
  }

  private int begin(String name) {
    Plan plan = hedge(name, allUp(3));
    experience.begin(plan, now);
    return Upstreams.number(plan.waves().get(0).upstreams().get(0));
  }

  private int first(String name) {
    return first(name, allUp(3));
  }

  private int first(String name, List<Health> health) {
    return Upstreams.number(hedge(name, health).waves().get(0).upstreams().get(0));
  }

  private Plan hedge(String name, List<Health> health) {
    return hedge.plan(circumstances(name, health), experience);
  }

  private Circumstances circumstances(String name, List<Health> health) {
    return new Circumstances(
        name(name),
        Upstreams.health(health),
        upstream -> inFlight.get(Upstreams.number(upstream)),
        now);
  }

  private List<List<Integer>> waves(Policy policy, String name, List<Health> health) {
    return policy
        .plan(new Circumstances(name(name), Upstreams.health(health), i -> 0, now), experience)
        .waves()
        .stream()
        .map(wave -> Upstreams.numbers(wave.upstreams()))
        .toList();
  }

  private static List<Health> allUp(int count) {
    return Collections.nCopies(count, Health.UP);
  }

  private static DomainName name(String text) {
    return DomainName.parse(text).orElseThrow();
  }
}
