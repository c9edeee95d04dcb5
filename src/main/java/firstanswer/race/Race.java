package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Silence;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One query, as a pure state machine: each event makes the next race of this one, and says what is
 * to be done.
 *
 * <p>Upstreams are asked wave after wave, as the plan has it. A wave is through when each of its
 * upstreams has spoken or is down; then the next is asked at once. It is asked without that when
 * the wave's delay is over and there is budget for more attempts, and when {@link Terms#patience()}
 * is over, budget or not: thrift must not cost anybody an answer.
 *
 * <p>The race ends with the first event after which {@link Verdict} knows who has won, or with the
 * deadline. What happens later changes nothing.
 *
 * @param asked how many waves have been asked
 * @param denied whether the delay of the last of them is over, and there was no budget
 * @param said one entry an upstream, SILENT for who has not spoken, or has only said that it will
 *     be silent
 * @param spoken one entry an upstream, whether anything has come from it
 * @param over whether the reply has been given
 */
public record Race(
    Terms terms,
    Plan plan,
    int asked,
    boolean denied,
    List<Answer> said,
    List<Boolean> spoken,
    List<Health> health,
    boolean over) {
  private static final String REFUSED = "REFUSED";

  /** How much of what the plan has for later is asked now. */
  private enum Due {
    IF_THROUGH,
    NEXT,
    ALL
  }

  /**
   * What holds for every query of a protocol.
   *
   * @param upstreams their names
   * @param deadline by which there is a reply
   * @param patience after which all are asked in any case, beginning with the last wave; well
   *     before the deadline
   * @param waitsForAllDown whether there is no reply before the deadline while all are down
   * @param negativesWithout whether a "no" is passed on that was said without servers that are down
   */
  public record Terms(
      List<String> upstreams,
      Duration deadline,
      Duration patience,
      boolean waitsForAllDown,
      boolean negativesWithout) {}

  /**
   * What is to be done.
   *
   * @param ask whom to ask now; if there is anybody, no earlier delay runs any longer
   * @param delay after which {@link Race#onDelay} is to be called
   * @param reply what the client is told; with it, the query ends
   */
  public record Step(
      Race race, List<Integer> ask, Optional<Duration> delay, Optional<Answer> reply) {}

  /** The race begins; there is somebody to ask, and no reply yet. */
  public static Step begin(Terms terms, Plan plan, List<Health> health) {
    int count = health.size();
    return new Race(
            terms,
            plan,
            0,
            false,
            Collections.nCopies(count, Silence.SILENT),
            Collections.nCopies(count, false),
            health,
            false)
        .ask(Due.IF_THROUGH);
  }

  /** An upstream has spoken, if only to say that it will be silent; the first time counts. */
  public Step onAnswer(int upstream, Answer answer) {
    if (spoken.get(upstream)) {
      return nothing();
    }
    List<Answer> nowSaid = new ArrayList<>(said);
    nowSaid.set(upstream, answer);
    List<Boolean> nowSpoken = new ArrayList<>(spoken);
    nowSpoken.set(upstream, true);
    return new Race(terms, plan, asked, denied, nowSaid, nowSpoken, health, over).decide();
  }

  /** One entry an upstream. */
  public Step onHealth(List<Health> changed) {
    return new Race(terms, plan, asked, denied, said, spoken, changed, over).decide();
  }

  /** Who was asked last. */
  public List<Integer> lastAsked() {
    return plan.waves().get(asked - 1).upstreams();
  }

  /** How many upstreams the next wave has; there is one while a delay runs. */
  public int nextAttempts() {
    return plan.waves().get(asked).upstreams().size();
  }

  /**
   * The delay is over.
   *
   * @param granted whether the budget allows the attempts of the next wave
   */
  public Step onDelay(boolean granted) {
    if (over || asked == plan.waves().size()) {
      return nothing();
    }
    if (granted) {
      return ask(Due.NEXT);
    }
    Duration more = terms.patience().minus(delay());
    return denied || more.isNegative() || more.isZero()
        ? ask(Due.ALL)
        : new Step(
            new Race(terms, plan, asked, true, said, spoken, health, false),
            List.of(),
            Optional.of(more),
            Optional.empty());
  }

  /** The deadline is over. */
  public Step onDeadline() {
    return over ? nothing() : reply(timedOut());
  }

  /** Whose answer has won, if one was positive. */
  public OptionalInt winner() {
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i) instanceof Answer.Positive) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Whether somebody has said that it has not what was asked for: by a "no", by REFUSED, which is
   * how name servers say that they know nothing of a zone, or by the promise to be silent. Where
   * nobody has, all may have it, and who was the first tells nothing.
   */
  public boolean othersLackIt() {
    for (int i = 0; i < said.size(); i++) {
      boolean refused = said.get(i) instanceof Answer.Failure f && f.reason().equals(REFUSED);
      boolean silent = said.get(i) == Silence.SILENT && spoken.get(i);
      if (refused || silent || said.get(i) instanceof Answer.Negative) {
        return true;
      }
    }
    return false;
  }

  private Step nothing() {
    return new Step(this, List.of(), Optional.empty(), Optional.empty());
  }

  private Step decide() {
    if (over) {
      return nothing();
    }
    return Verdict.of(said, i -> health.get(i).counts())
        .filter(answer -> answer != Verdict.ALL_DOWN || !terms.waitsForAllDown())
        .map(this::withReasons)
        .map(this::reply)
        .orElseGet(() -> ask(Due.IF_THROUGH));
  }

  private Step reply(Answer answer) {
    Race ended = new Race(terms, plan, asked, denied, said, spoken, health, true);
    return new Step(ended, List.of(), Optional.empty(), Optional.of(answer));
  }

  /**
   * Asks the next wave if the last one is through, or if it is due anyway, and further ones as long
   * as a wave is through before it is asked, everybody in it being down.
   */
  private Step ask(Due due) {
    List<Integer> ask = new ArrayList<>();
    int now = asked;
    while (now < plan.waves().size() && (isDue(due, now) || isThrough(now - 1))) {
      ask.addAll(plan.waves().get(now).upstreams());
      now++;
    }
    if (now == asked) {
      return nothing();
    }
    Race next = new Race(terms, plan, now, false, said, spoken, health, false);
    Optional<Duration> delay =
        now < plan.waves().size() ? Optional.of(next.delay()) : Optional.empty();
    return new Step(next, ask, delay, Optional.empty());
  }

  private boolean isDue(Due due, int wave) {
    return due == Due.ALL || (due == Due.NEXT && wave == asked);
  }

  private boolean isThrough(int wave) {
    return wave < 0
        || plan.waves().get(wave).upstreams().stream()
            .allMatch(i -> spoken.get(i) || !health.get(i).counts());
  }

  private Duration delay() {
    return plan.waves().get(asked - 1).delay();
  }

  /** A "no", or a failure, that was come to without some says without whom. */
  private Answer withReasons(Answer answer) {
    String without = Explanation.ofUnheard(terms.upstreams(), said, health);
    if (answer == Verdict.ALL_DOWN || answer == Verdict.ALL_BUSY) {
      return new Answer.Failure(without);
    }
    if (without.isEmpty() || !(answer instanceof Answer.Negative negative)) {
      return answer;
    }
    return terms.negativesWithout()
        ? new Answer.Negative(negative.kind(), negative.message(), "without " + without)
        : new Answer.TimedOut(negative.kind() + " without " + without);
  }

  /** Whoever the plan had for later was not asked. */
  private Answer timedOut() {
    List<Answer> known = new ArrayList<>(said);
    plan.waves().subList(asked, plan.waves().size()).stream()
        .flatMap(wave -> wave.upstreams().stream())
        .forEach(i -> known.set(i, Answer.Abstention.NOT_ASKED));
    return new Answer.TimedOut(Explanation.of(terms.upstreams(), known, terms.deadline()));
  }
}
