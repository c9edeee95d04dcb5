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
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Asked;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.UpstreamId;
import firstanswer.testing.Upstreams;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Explores every possible race of up to three upstreams: all plans, all interleavings of answers,
 * reports of trouble, and delays with and without budget, and all states of health at the deadline.
 * A state is explored only once, so the exploration ends, and it is complete.
 *
 * <p>The rules for a race are written here a second time, from the design and not from the
 * product's code.
 */
class RaceExplorationTest {
  private static final Duration DELAY = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Health DOWN = new Health(Health.State.DOWN, "silent");
  private static final Answer TROUBLE = new Unheard(Cause.UNREACHABLE, "refused");

  /** Worst first. */
  private static final List<Answer> REAL_ANSWERS =
      List.of(
          Answer.Failure.SERVFAIL,
          Negative.NXDOMAIN,
          Negative.NODATA,
          new Negative(Negative.Kind.ALIAS, Optional.empty()),
          Answer.Positive.line("www.example.org 192.0.2.1 A IN"));

  private static final Comparator<Answer> BY_RANK = Comparator.comparingInt(REAL_ANSWERS::indexOf);

  private static final List<Answer> OUTCOMES =
      Stream.concat(
              REAL_ANSWERS.stream(),
              Stream.of(
                  Unheard.SILENT,
                  TROUBLE,
                  new Unheard(Cause.NOT_ASKABLE),
                  new Unheard(Cause.DOWN),
                  new Unheard(Cause.OVER_BUDGET)))
          .toList();

  /** A race that is not over, and whether a delay runs. */
  private record State(Race race, boolean delayed) {}

  private final Set<State> seen = new HashSet<>();
  private final Set<Race> ended = new HashSet<>();
  private final Deque<State> toExplore = new ArrayDeque<>();

  @ParameterizedTest
  @CsvSource({
    "1, true, true, false",
    "1, false, false, true",
    "2, true, true, false",
    "2, true, false, true",
    "2, false, true, true",
    "2, false, false, false"
  })
  void everyRaceOfTwoEndsOnceWithTheRightReply(
      int count, boolean waitsForAllDown, boolean negativesWithout, boolean firstIsAddressOnly) {
    exploreAll(count, waitsForAllDown, negativesWithout, firstIsAddressOnly);
  }

  @Test
  @Tag("slow")
  void everyRaceOfThreeEndsOnceWithTheRightReply() {
    exploreAll(3, false, true, true);
  }

  private void exploreAll(
      int count, boolean waitsForAllDown, boolean negativesWithout, boolean firstIsAddressOnly) {
    Set<UpstreamId> addressOnly = firstIsAddressOnly ? Set.of(Upstreams.id(0)) : Set.of();
    Race.Terms terms =
        new Race.Terms(
            Duration.ofSeconds(5), PATIENCE, waitsForAllDown, negativesWithout, addressOnly);
    for (Plan plan : plans(IntStream.range(0, count).boxed().toList())) {
      for (List<Health> health : healths(count)) {
        Race.Step start = Race.begin(terms, plan, Upstreams.health(health), 0);
        assertThat(start.ask()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(start.reply()).isEmpty();
        State begun = new State(start.race(), start.delay().isPresent());
        assertThat(begun.delayed()).isEqualTo(hasMoreToAsk(start.race()));
        if (seen.add(begun)) {
          toExplore.push(begun);
        }
      }
    }
    while (!toExplore.isEmpty()) {
      explore(toExplore.pop());
    }
    assertThat(seen).hasSizeGreaterThan(count);
  }

  private void explore(State state) {
    Race race = state.race();
    for (UpstreamId upstream : asked(race)) {
      for (Answer outcome : OUTCOMES) {
        Race.Step step = race.onAnswer(upstream, outcome, 0);
        boolean troubled = outcome == TROUBLE && isAwaitedWithoutTrouble(race, upstream);
        assertThat(step.again()).isEqualTo(troubled ? Optional.of(upstream) : Optional.empty());
        enter(state, step);
      }
    }
    if (state.delayed()) {
      State over = new State(race, false);
      enter(over, race.onDelay(true, 0));
      enter(over, race.onDelay(false, 0));
    }
    for (List<Health> health : healths(race.entries().size())) {
      endsAtDeadline(race.onDeadline(Upstreams.health(health), 0), health);
    }
  }

  private static boolean isAwaitedWithoutTrouble(Race race, UpstreamId upstream) {
    return race.entries().stream()
        .anyMatch(
            entry ->
                entry.upstream().equals(upstream)
                    && entry.attempt() instanceof Asked asked
                    && asked.trouble().isEmpty());
  }

  /** Checks a step of a race; if the race is not over, the new state is explored, too. */
  private void enter(State from, Race.Step step) {
    Race race = step.race();
    Optional<Reply> expected = expected(race);
    assertThat(step.reply()).as("%s", race).isEqualTo(expected);
    if (expected.isPresent()) {
      assertThat(step.ask()).isEmpty();
      assertThat(Explanation.of(new Outcome(expected.get(), race.transcript(0, 0))))
          .isEqualTo(explanation(race, expected.get()));
      hasEnded(race);
      return;
    }
    assertThat(step.ask()).doesNotContainAnyElementsOf(asked(from.race()));
    boolean asksAnew = !step.ask().isEmpty();
    Duration due = asksAnew ? DELAY : PATIENCE.minus(DELAY);
    step.delay().ifPresent(delay -> assertThat(delay).isEqualTo(due));
    State next = new State(race, step.delay().isPresent() || (from.delayed() && !asksAnew));
    assertThat(next.delayed()).as("an upstream can still be asked").isEqualTo(hasMoreToAsk(race));
    assertThat(hasMoreToAsk(race) && lastWaveIsThrough(race)).as("waits for none").isFalse();
    if (seen.add(next)) {
      toExplore.push(next);
    }
  }

  private void endsAtDeadline(Race.Step step, List<Health> health) {
    Race race = step.race();
    assertThat(race.entries()).extracting(Entry::health).isEqualTo(health);
    Answer best = best(race);
    boolean mayYetSayYes =
        race.entries().stream()
            .filter(e -> !race.terms().addressOnly().contains(e.upstream()))
            .anyMatch(e -> isUnheard(e) && e.health().counts());
    Reply expected =
        !REAL_ANSWERS.contains(best) || mayYetSayYes
            ? Reply.Unanswered.TIMED_OUT
            : unlessWithheld(best, race);
    assertThat(step.reply()).as("%s", race).contains(expected);
    assertThat(step.ask()).isEmpty();
    hasEnded(race);
  }

  /** Later events change nothing. */
  private void hasEnded(Race race) {
    if (!ended.add(race)) {
      return;
    }
    Stream<Race.Step> afterwards =
        Stream.of(
            race.onDeadline(Upstreams.health(healths(race.entries().size()).get(0)), 0),
            race.onDelay(true, 0),
            race.onDelay(false, 0));
    Stream<Race.Step> ofUpstreams =
        race.entries().stream()
            .map(Entry::upstream)
            .flatMap(id -> OUTCOMES.stream().map(outcome -> race.onAnswer(id, outcome, 0)));
    assertThat(Stream.concat(afterwards, ofUpstreams))
        .allMatch(step -> step.ask().isEmpty() && step.delay().isEmpty() && step.reply().isEmpty());
  }

  /** The answer of an upstream; silent if none. */
  private static Answer said(Entry entry) {
    return entry.attempt() instanceof Answered answered ? answered.answer() : Unheard.SILENT;
  }

  private static Answer best(Race race) {
    return race.entries().stream().map(RaceExplorationTest::said).max(BY_RANK).orElseThrow();
  }

  private static boolean isUnheard(Entry entry) {
    return said(entry) == Unheard.SILENT || said(entry) == TROUBLE;
  }

  /** Whether an answer of that upstream may still win. */
  private static boolean isOpen(Race race, Entry entry) {
    if (!isUnheard(entry)) {
      return false;
    }
    boolean nodataCannotWin = BY_RANK.compare(best(race), Negative.NODATA) >= 0;
    if (nodataCannotWin && race.terms().addressOnly().contains(entry.upstream())) {
      return false;
    }
    boolean isLastHope = !REAL_ANSWERS.contains(best(race)) && entry.attempt() instanceof Asked;
    return entry.health().counts() || isLastHope;
  }

  private static Reply unlessWithheld(Answer best, Race race) {
    boolean withheld =
        best instanceof Negative && !race.terms().negativesWithout() && !without(race).isEmpty();
    return withheld ? Reply.Unanswered.WITHHELD : new Reply.Relayed(best);
  }

  /** The expected reply for the answers so far. */
  private static Optional<Reply> expected(Race race) {
    List<Answer> said = race.entries().stream().map(RaceExplorationTest::said).toList();
    Answer best = best(race);
    if (best instanceof Answer.Positive) {
      return Optional.of(new Reply.Relayed(best));
    }
    if (race.entries().stream().anyMatch(entry -> isOpen(race, entry))) {
      return Optional.empty();
    }
    if (REAL_ANSWERS.contains(best)) {
      return Optional.of(unlessWithheld(best, race));
    }
    if (race.entries().stream().allMatch(entry -> cannotHold(race, entry))) {
      return Optional.of(new Reply.Relayed(Negative.NODATA));
    }
    if (race.entries().stream()
            .filter(entry -> !race.terms().addressOnly().contains(entry.upstream()))
            .noneMatch(RaceExplorationTest::isUnheard)
        && !said.contains(new Unheard(Cause.DOWN))) {
      return Optional.of(Reply.Unanswered.ALL_OVER_BUDGET);
    }
    return race.terms().waitsForAllDown()
        ? Optional.empty()
        : Optional.of(Reply.Unanswered.ALL_DOWN);
  }

  private static boolean cannotHold(Race race, Entry entry) {
    return said(entry).equals(new Unheard(Cause.NOT_ASKABLE))
        || (isUnheard(entry) && race.terms().addressOnly().contains(entry.upstream()));
  }

  private static String without(Race race) {
    List<String> parts = new ArrayList<>();
    for (Entry entry : race.entries()) {
      Answer answer = said(entry);
      if (answer.equals(new Unheard(Cause.OVER_BUDGET))) {
        parts.add(entry.upstream() + " over its budget");
      } else if (answer.equals(new Unheard(Cause.DOWN)) && entry.health().counts()) {
        parts.add(entry.upstream() + " down");
      } else if (isUnheard(entry) || answer.equals(new Unheard(Cause.DOWN))) {
        parts.add(entry.upstream() + " down: " + DOWN.reason());
      } else if (answer == Answer.Failure.SERVFAIL) {
        parts.add(entry.upstream() + " SERVFAIL");
      }
    }
    return String.join("; ", parts);
  }

  private static String explanation(Race race, Reply reply) {
    String without = without(race);
    if (reply instanceof Reply.Relayed relayed) {
      if (relayed.answer() instanceof Negative) {
        return without.isEmpty() ? "" : "without " + without;
      }
      return relayed.answer() instanceof Answer.Positive ? "" : "SERVFAIL";
    }
    if (reply != Reply.Unanswered.WITHHELD) {
      return without;
    }
    return ((Negative) best(race)).kind() + " without " + without;
  }

  private static List<UpstreamId> asked(Race race) {
    return race.plan().waves().subList(0, race.wavesAsked()).stream()
        .flatMap(wave -> wave.upstreams().stream())
        .toList();
  }

  private static boolean hasMoreToAsk(Race race) {
    return race.wavesAsked() < race.plan().waves().size();
  }

  private static boolean lastWaveIsThrough(Race race) {
    return race.entries().stream()
        .filter(entry -> race.lastAsked().contains(entry.upstream()))
        .allMatch(
            entry ->
                entry.attempt() instanceof Answered
                    || (entry.attempt() instanceof Asked asked && asked.trouble().isPresent())
                    || !entry.health().counts());
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

  /** All ways to divide the upstreams into waves, in all orders. */
  private static List<Plan> plans(List<Integer> upstreams) {
    return waves(upstreams).stream()
        .map(
            waves ->
                new Plan(
                    waves.stream().map(wave -> new Plan.Wave(Upstreams.ids(wave), DELAY)).toList()))
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
