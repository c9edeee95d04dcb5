package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Transcript;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Asked;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.Transcript.NotAsked;
import firstanswer.resolver.UpstreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One query as a pure state machine: each event turns this race into the next one, and says what to
 * do.
 *
 * <p>Upstreams are asked wave after wave, as the plan says. A wave is through when each of its
 * upstreams has answered or is down; then the next wave is asked at once. The next wave is also
 * asked when the delay is over and the budget allows more attempts. When {@link Terms#patience()}
 * is over, all waves are asked in any case: a small budget must not cost a client its answer.
 *
 * <p>The race ends with the first event after which {@link WinningAnswer} knows the winner, or with
 * the deadline. Later events change nothing.
 *
 * @param wavesAsked how many waves have been asked
 * @param denied whether the delay of the last wave asked is over, but the budget was empty
 * @param entries one for each upstream, in the order of the configuration
 * @param over whether the reply has been given
 */
public record Race(
    Terms terms, Plan plan, int wavesAsked, boolean denied, List<Entry> entries, boolean over) {

  /** The waves to ask now, of those that have not been asked. */
  private enum Due {
    IF_THROUGH,
    NEXT,
    ALL
  }

  /**
   * The rules for every query of a protocol.
   *
   * @param deadline the time by which there is a reply
   * @param patience the time, from when the last wave was asked, after which all upstreams are
   *     asked in any case; well before the deadline
   * @param waitsForAllDown whether a query waits for the deadline while all upstreams are down
   * @param negativesWithout whether the client gets a "no" that was found without servers that are
   *     down
   */
  public record Terms(
      Duration deadline, Duration patience, boolean waitsForAllDown, boolean negativesWithout) {}

  /**
   * The consequences of an event.
   *
   * @param ask the upstreams to ask now; if there are any, cancel the delay that runs
   * @param delay the time after which to call {@link Race#onDelay}
   * @param reply the reply to the client; it ends the query
   */
  public record Step(
      Race race, List<UpstreamId> ask, Optional<Duration> delay, Optional<Reply> reply) {}

  /** Begins a race. The step asks at least one upstream, and has no reply yet. */
  public static Step begin(Terms terms, Plan plan, Map<UpstreamId, Health> health, long nowNanos) {
    List<Entry> entries = new ArrayList<>(health.size());
    health.forEach((id, state) -> entries.add(new Entry(id, state, NotAsked.NOT_ASKED)));
    return new Race(terms, plan, 0, false, entries, false).ask(Due.IF_THROUGH, nowNanos);
  }

  /** An upstream has answered, or has said that it will be silent. Its first answer counts. */
  public Step onAnswer(UpstreamId upstream, Answer answer, long nowNanos) {
    return entry(upstream).attempt() instanceof Asked asked
        ? withEntry(
                upstream, e -> e.withAttempt(new Answered(asked.askedNanos(), nowNanos, answer)))
            .decide(nowNanos)
        : nothing();
  }

  /** The health of an upstream has changed. */
  public Step onHealth(UpstreamId upstream, Health changed, long nowNanos) {
    return withEntry(upstream, entry -> entry.withHealth(changed)).decide(nowNanos);
  }

  /** Checks whether all upstreams are down, so that there is none to wait for. */
  public Step onLookAgain(long nowNanos) {
    return decide(nowNanos);
  }

  /** The upstreams that were asked last. */
  public List<UpstreamId> lastAsked() {
    return plan.waves().get(wavesAsked - 1).upstreams();
  }

  /** How many upstreams the next wave has. While a delay runs, there is a next wave. */
  public int nextAttempts() {
    return plan.waves().get(wavesAsked).upstreams().size();
  }

  /**
   * The delay is over.
   *
   * @param granted whether the budget allows the attempts of the next wave
   */
  public Step onDelay(boolean granted, long nowNanos) {
    if (over || wavesAsked == plan.waves().size()) {
      return nothing();
    }
    if (granted) {
      return ask(Due.NEXT, nowNanos);
    }
    Duration more = terms.patience().minus(delay());
    return denied || more.isNegative() || more.isZero()
        ? ask(Due.ALL, nowNanos)
        : new Step(
            new Race(terms, plan, wavesAsked, true, entries, false),
            List.of(),
            Optional.of(more),
            Optional.empty());
  }

  /** The deadline is over. */
  public Step onDeadline() {
    return over ? nothing() : reply(Reply.Unanswered.TIMED_OUT);
  }

  /** The transcript so far, for a query that was received at {@code receivedNanos}. */
  public Transcript transcript(long receivedNanos, long nowNanos) {
    return new Transcript(entries, nowNanos - receivedNanos);
  }

  private Step nothing() {
    return new Step(this, List.of(), Optional.empty(), Optional.empty());
  }

  private Step decide(long nowNanos) {
    if (over) {
      return nothing();
    }
    return WinningAnswer.of(entries)
        .filter(reply -> reply != Reply.Unanswered.ALL_DOWN || !terms.waitsForAllDown())
        .map(this::unlessWithheld)
        .map(this::reply)
        .orElseGet(() -> ask(Due.IF_THROUGH, nowNanos));
  }

  private Reply unlessWithheld(Reply reply) {
    boolean withheld =
        !terms.negativesWithout()
            && reply instanceof Reply.Relayed relayed
            && relayed.answer() instanceof Answer.Negative
            && entries.stream().anyMatch(Entry::isMissing);
    return withheld ? Reply.Unanswered.WITHHELD : reply;
  }

  private Step reply(Reply reply) {
    Race ended = new Race(terms, plan, wavesAsked, denied, entries, true);
    return new Step(ended, List.of(), Optional.empty(), Optional.of(reply));
  }

  /**
   * Asks the next wave if the last one is through, or if {@code due} says so. Goes on to further
   * waves while all upstreams of the wave just asked are down.
   */
  private Step ask(Due due, long nowNanos) {
    List<UpstreamId> ask = new ArrayList<>();
    int now = wavesAsked;
    while (now < plan.waves().size() && (isDue(due, now) || isThrough(now - 1))) {
      ask.addAll(plan.waves().get(now).upstreams());
      now++;
    }
    if (now == wavesAsked) {
      return nothing();
    }
    Race next = new Race(terms, plan, now, false, withAsked(ask, new Asked(nowNanos)), false);
    Optional<Duration> delay =
        now < plan.waves().size() ? Optional.of(next.delay()) : Optional.empty();
    return new Step(next, ask, delay, Optional.empty());
  }

  private List<Entry> withAsked(List<UpstreamId> upstreams, Asked asked) {
    List<Entry> changed = new ArrayList<>(entries);
    for (UpstreamId upstream : upstreams) {
      int index = indexOf(upstream);
      changed.set(index, changed.get(index).withAttempt(asked));
    }
    return changed;
  }

  private boolean isDue(Due due, int wave) {
    return due == Due.ALL || (due == Due.NEXT && wave == wavesAsked);
  }

  private boolean isThrough(int wave) {
    return wave < 0
        || plan.waves().get(wave).upstreams().stream()
            .map(this::entry)
            .allMatch(entry -> entry.hasSpoken() || !entry.health().counts());
  }

  private Duration delay() {
    return plan.waves().get(wavesAsked - 1).delay();
  }

  private Entry entry(UpstreamId upstream) {
    return entries.get(indexOf(upstream));
  }

  private int indexOf(UpstreamId upstream) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).upstream().equals(upstream)) {
        return i;
      }
    }
    throw new IllegalArgumentException(upstream + " is not in the race");
  }

  private Race withEntry(UpstreamId upstream, UnaryOperator<Entry> change) {
    List<Entry> changed = new ArrayList<>(entries);
    int index = indexOf(upstream);
    changed.set(index, change.apply(changed.get(index)));
    return new Race(terms, plan, wavesAsked, denied, changed, over);
  }
}
