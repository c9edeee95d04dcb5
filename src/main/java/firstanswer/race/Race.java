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
 * One query, as a pure state machine: each event makes the next race of this one, and says what is
 * to be done.
 *
 * <p>Upstreams are asked wave after wave, as the plan has it. A wave is through when each of its
 * upstreams has spoken or is down; then the next is asked at once. It is asked without that when
 * the wave's delay is over and there is budget for more attempts, and when {@link Terms#patience()}
 * is over, budget or not: thrift must not cost a client its answer.
 *
 * <p>The race ends with the first event after which {@link Verdict} knows the winner, or with the
 * deadline. Later events change nothing.
 *
 * @param wavesAsked how many waves have been asked
 * @param denied whether the delay of the last of them is over, and there was no budget
 * @param entries one an upstream, in the order of the configuration
 * @param over whether the reply has been given
 */
public record Race(
    Terms terms, Plan plan, int wavesAsked, boolean denied, List<Entry> entries, boolean over) {

  /** How much of what the plan has for later is asked now. */
  private enum Due {
    IF_THROUGH,
    NEXT,
    ALL
  }

  /**
   * What holds for every query of a protocol.
   *
   * @param deadline by which there is a reply
   * @param patience after which all are asked in any case, beginning with the last wave; well
   *     before the deadline
   * @param waitsForAllDown whether there is no reply before the deadline while all are down
   * @param negativesWithout whether a "no" is passed on that was said without servers that are down
   */
  public record Terms(
      Duration deadline, Duration patience, boolean waitsForAllDown, boolean negativesWithout) {}

  /**
   * What is to be done.
   *
   * @param ask the upstreams to ask now; if there are any, no earlier delay runs any longer
   * @param delay after which {@link Race#onDelay} is to be called
   * @param reply what the client is told; with it, the query ends
   */
  public record Step(
      Race race, List<UpstreamId> ask, Optional<Duration> delay, Optional<Reply> reply) {}

  /** The race begins; there is an upstream to ask, and no reply yet. */
  public static Step begin(Terms terms, Plan plan, Map<UpstreamId, Health> health, long nowNanos) {
    List<Entry> entries = new ArrayList<>(health.size());
    health.forEach((id, state) -> entries.add(new Entry(id, state, NotAsked.NOT_ASKED)));
    return new Race(terms, plan, 0, false, entries, false).ask(Due.IF_THROUGH, nowNanos);
  }

  /** An upstream has spoken, if only to say that it will be silent; the first time counts. */
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

  /** Perhaps there is no upstream to wait for, all being down. */
  public Step onLookAgain(long nowNanos) {
    return decide(nowNanos);
  }

  /** The upstreams that were asked last. */
  public List<UpstreamId> lastAsked() {
    return plan.waves().get(wavesAsked - 1).upstreams();
  }

  /** How many upstreams the next wave has; there is one while a delay runs. */
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

  /** How the race came to where it is, for a query that was received at that time. */
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
    return Verdict.of(entries)
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
   * Asks the next wave if the last one is through, or if it is due anyway, and further ones as long
   * as a wave is through before it is asked, all of its upstreams being down.
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
