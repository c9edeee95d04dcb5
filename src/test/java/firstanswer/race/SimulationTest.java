package firstanswer.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import firstanswer.race.Scenarios.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the simulation against theory, and its main results in short runs. */
@Tag("slow")
class SimulationTest {
  private static final Size SMALL = new Size(5_000, 1);
  private static final Size LARGE = new Size(10_000, 1);
  private static final ServiceTime EXPONENTIAL = ServiceTime.exponential(Scenarios.WORK);

  /** The mean response time of the queue M/M/1 with work of 10 ms on average. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.4})
  void oneServerTakesAsLongAsTheorySays(double utilisation) {
    Size size = new Size(50_000, 1);
    Figures one = Scenarios.replicas(1, utilisation, EXPONENTIAL, size).run(SimulatedPolicy.ONE);
    assertThat(one.positive().mean()).isCloseTo(10 / (1 - utilisation), withinPercentage(2));
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameFigures(SimulatedPolicy policy) {
    Figures first = Scenarios.network(3, SMALL).run(policy);
    assertThat(Scenarios.network(3, SMALL).run(policy)).isEqualTo(first);
    assertThat(Scenarios.network(3, new Size(SMALL.queries(), 2)).run(policy)).isNotEqualTo(first);
  }

  @Test
  void raceIsQuickerThanOneServerAtLowLoad() {
    Scenario idle = Scenarios.replicas(2, 0.1, EXPONENTIAL, LARGE);
    Figures.Waits race = idle.run(SimulatedPolicy.RACE).positive();
    Figures.Waits one = idle.run(SimulatedPolicy.ONE).positive();
    assertThat(race.mean()).isLessThan(one.mean());
    assertThat(race.p999()).isLessThan(one.p999());
  }

  /** One third is from Low Latency via Redundancy (CoNEXT 2013, doi 10.1145/2535372.2535392). */
  @Test
  void raceIsSlowerThanOneServerAboveAThirdUtilisation() {
    assertThat(Threshold.raceHarms(Scenarios.pairs(0.28, EXPONENTIAL, LARGE), Figures.Waits::mean))
        .isFalse();
    assertThat(Threshold.raceHarms(Scenarios.pairs(0.38, EXPONENTIAL, LARGE), Figures.Waits::mean))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void hedgeStaysWithinItsBudget(int servers) {
    Figures hedge = Scenarios.replicas(servers, 0.1, EXPONENTIAL, SMALL).run(SimulatedPolicy.HEDGE);
    double saved = 100.0 / SMALL.queries();
    assertThat(hedge.attempts()).isBetween(1.0, 1 + SimulatedBalancer.BUDGET + 2 * saved);
  }

  @ParameterizedTest
  @EnumSource
  void everyPolicyFindsANameOnAnyServer(SimulatedPolicy policy) {
    Figures split = Scenarios.split(3, SMALL).run(policy);
    assertThat(split.wrong()).isZero();
    assertThat(split.failed()).isZero();
    assertThat(split.positive().count()).isEqualTo(SMALL.queries() * 9 / 10);
  }

  @Test
  void hedgeLearnsWhichServerHasAName() {
    Figures hedge = Scenarios.split(4, LARGE).run(SimulatedPolicy.HEDGE);
    assertThat(hedge.attempts()).isLessThan(1.5);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONE")
  void silentServerDelaysOnlyTheFirstNo(SimulatedPolicy policy) {
    Figures silent = Scenarios.oneSilent(2, SMALL).run(policy);
    assertThat(silent.failed()).isZero();
    assertThat(silent.positive().mean()).isLessThan(60);
    // Until the server is known to be down, a "no" waits for the deadline of 4.5 s.
    assertThat(silent.negative().mean()).isLessThan(450);
  }
}
