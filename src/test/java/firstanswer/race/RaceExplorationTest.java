package firstanswer.race;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Abstention;
import firstanswer.dns.Answer.Negative;
import firstanswer.dns.Answer.Silence;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every race there can be between up to three upstreams: all plans, and all interleavings of what
 * upstreams may say, delays with and without budget, and changes of health, as many as one likes.
 * States that have been seen are not entered again, so the exploration ends, and it is complete.
 *
 * <p>What a race may do is said here once more, in the words of the design and not in those of the
 * product.
 */
class RaceExplorationTest {
  private static final Duration DELAY = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Health DOWN = new Health(Health.State.DOWN, "no answer in time");

  /** Worst first. */
  private static final List<Answer> REAL_ANSWERS =
      List.of(
          new Answer.Failure("SERVFAIL"),
          Negative.NXDOMAIN,
          Negative.NODATA,
          new Negative(Negative.Kind.ALIAS, Optional.empty()),
          Answer.Positive.line("www.example.org 192.0.2.1 A IN"));

  private static final Comparator<Answer> BY_RANK = Comparator.comparingInt(REAL_ANSWERS::indexOf);

  private static final List<Answer> OUTCOMES =
      Stream.concat(
              REAL_ANSWERS.stream(),
              Stream.of(
                  Silence.SILENT, Abstention.NOT_ASKED, Abstention.DOWN, Abstention.OVER_BUDGET))
          .toList();

  /** A race that goes on, and whether a delay runs. */
  private record State(Race race, boolean delayed) {}

  private final Set<State> seen = new HashSet<>();
  private final Set<Race> ended = new HashSet<>();
  private final Deque<State> toExplore = new ArrayDeque<>();

  static Stream<Race.Terms> terms() {
    return Stream.of(
        terms(1, true, true),
        terms(1, false, false),
        terms(2, true, true),
        terms(2, true, false),
        terms(2, false, true),
        terms(2, false, false),
        terms(3, true, true),
        terms(3, false, false));
  }

  private static Race.Terms terms(int count, boolean waitsForAllDown, boolean negativesWithout) {
    List<String> names = List.of("a", "b", "c").subList(0, count);
    Duration deadline = Duration.ofSeconds(5);
    return new Race.Terms(names, deadline, PATIENCE, waitsForAllDown, negativesWithout);
  }

  @ParameterizedTest
  @MethodSource("terms")
  void everyRaceEndsOnceAndWithTheRightAnswer(Race.Terms terms) {
    int count = terms.upstreams().size();
    for (Plan plan : plans(IntStream.range(0, count).boxed().toList())) {
      for (List<Health> health : healths(count)) {
        Race.Step start = Race.begin(terms, plan, health);
        assertThat(start.ask()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(start.reply()).isEmpty();
        // A coordinator looks again at once when somebody is down.
        enter(new State(start.race(), start.delay().isPresent()), start.race().onHealth(health));
      }
    }
    while (!toExplore.isEmpty()) {
      explore(toExplore.pop());
    }
    assertThat(seen).hasSizeGreaterThan(count);
  }

  private void explore(State state) {
    Race race = state.race();
    for (int upstream : asked(race)) {
      for (Answer outcome : OUTCOMES) {
        enter(state, race.onAnswer(upstream, outcome));
      }
    }
    for (List<Health> health : healths(race.health().size())) {
      enter(state, race.onHealth(health));
    }
    if (state.delayed()) {
      State over = new State(race, false);
      enter(over, race.onDelay(true));
      enter(over, race.onDelay(false));
    }
    endsAt(race.onDeadline());
  }

  /** Checks a step from a race that went on; if it still does, that is to be explored, too. */
  private void enter(State from, Race.Step step) {
    Race race = step.race();
    Optional<Answer> expected = expected(race);
    assertThat(step.reply()).as("%s", race).isEqualTo(expected);
    if (expected.isPresent()) {
      assertThat(step.ask()).isEmpty();
      hasEnded(race);
      return;
    }
    assertThat(step.ask()).doesNotContainAnyElementsOf(asked(from.race()));
    boolean asksAnew = !step.ask().isEmpty();
    Duration due = asksAnew ? DELAY : PATIENCE.minus(DELAY);
    step.delay().ifPresent(delay -> assertThat(delay).isEqualTo(due));
    State next = new State(race, step.delay().isPresent() || (from.delayed() && !asksAnew));
    assertThat(next.delayed()).as("somebody can still be asked").isEqualTo(hasMoreToAsk(race));
    assertThat(hasMoreToAsk(race) && lastWaveIsThrough(race)).as("waits for nobody").isFalse();
    if (seen.add(next)) {
      toExplore.push(next);
    }
  }

  private void endsAt(Race.Step step) {
    assertThat(step.reply()).get().isInstanceOf(Answer.TimedOut.class);
    assertThat(step.ask()).isEmpty();
    hasEnded(step.race());
  }

  /** Whatever comes now changes nothing. */
  private void hasEnded(Race race) {
    if (!ended.add(race)) {
      return;
    }
    Stream<Race.Step> afterwards =
        Stream.of(
            race.onDeadline(),
            race.onDelay(true),
            race.onDelay(false),
            race.onHealth(race.health()),
            race.onHealth(Collections.nCopies(race.health().size(), DOWN)));
    Stream<Race.Step> answers =
        IntStream.range(0, race.said().size())
            .boxed()
            .flatMap(i -> OUTCOMES.stream().map(outcome -> race.onAnswer(i, outcome)));
    assertThat(Stream.concat(afterwards, answers))
        .allMatch(step -> step.ask().isEmpty() && step.delay().isEmpty() && step.reply().isEmpty());
  }

  /** Section 4 of the design, for what has been said so far. */
  private static Optional<Answer> expected(Race race) {
    List<Answer> said = race.said();
    Answer best = said.stream().max(BY_RANK).orElseThrow();
    if (best instanceof Answer.Positive) {
      return Optional.of(best);
    }
    List<Integer> all = IntStream.range(0, said.size()).boxed().toList();
    boolean open =
        all.stream().anyMatch(i -> said.get(i) == Silence.SILENT && race.health().get(i).counts());
    if (open) {
      return Optional.empty();
    }
    String without = without(race, all);
    if (REAL_ANSWERS.contains(best)) {
      return Optional.of(withReasons(best, without, race.terms().negativesWithout()));
    }
    if (said.stream().allMatch(answer -> answer == Abstention.NOT_ASKED)) {
      return Optional.of(Negative.NODATA);
    }
    boolean mayComeBack = said.contains(Silence.SILENT) || said.contains(Abstention.DOWN);
    return mayComeBack && race.terms().waitsForAllDown()
        ? Optional.empty()
        : Optional.of(new Answer.Failure(without));
  }

  private static String without(Race race, List<Integer> all) {
    List<String> parts = new ArrayList<>();
    for (int i : all) {
      Answer answer = race.said().get(i);
      String name = race.terms().upstreams().get(i);
      if (answer == Abstention.OVER_BUDGET) {
        parts.add(name + " over its budget");
      } else if (answer == Abstention.DOWN) {
        parts.add(name + " down");
      } else if (answer == Silence.SILENT) {
        parts.add(name + " down: " + DOWN.reason());
      }
    }
    return String.join("; ", parts);
  }

  private static Answer withReasons(Answer best, String without, boolean negativesWithout) {
    if (without.isEmpty() || !(best instanceof Negative negative)) {
      return best;
    }
    return negativesWithout
        ? new Negative(negative.kind(), Optional.empty(), "without " + without)
        : new Answer.TimedOut(negative.kind() + " without " + without);
  }

  private static List<Integer> asked(Race race) {
    return race.plan().waves().subList(0, race.asked()).stream()
        .flatMap(wave -> wave.upstreams().stream())
        .toList();
  }

  private static boolean hasMoreToAsk(Race race) {
    return race.asked() < race.plan().waves().size();
  }

  private static boolean lastWaveIsThrough(Race race) {
    return race.lastAsked().stream()
        .allMatch(i -> race.spoken().get(i) || !race.health().get(i).counts());
  }

  private static List<List<Health>> healths(int count) {
    return IntStream.range(0, 1 << count)
        .mapToObj(
            bits ->
                IntStream.range(0, count)
                    .mapToObj(i -> (bits >> i & 1) == 0 ? Health.UP : DOWN)
                    .toList())
        .toList();
  }

  /** All ways to part the upstreams into waves, in all orders. */
  private static List<Plan> plans(List<Integer> upstreams) {
    return waves(upstreams).stream()
        .map(waves -> new Plan(waves.stream().map(wave -> new Plan.Wave(wave, DELAY)).toList()))
        .toList();
  }

  private static List<List<List<Integer>>> waves(List<Integer> upstreams) {
    if (upstreams.isEmpty()) {
      return List.of(List.of());
    }
    List<List<List<Integer>>> all = new ArrayList<>();
    for (int bits = 1; bits < 1 << upstreams.size(); bits++) {
      List<Integer> first = new ArrayList<>();
      List<Integer> rest = new ArrayList<>();
      for (int i = 0; i < upstreams.size(); i++) {
        ((bits >> i & 1) == 1 ? first : rest).add(upstreams.get(i));
      }
      for (List<List<Integer>> others : waves(rest)) {
        all.add(Stream.concat(Stream.of(first), others.stream()).toList());
      }
    }
    return all;
  }
}
