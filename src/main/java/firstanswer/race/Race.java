package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.resolver.Health;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Transcript;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Asked;
import firstanswer.resolver.Transcript.Attempt;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.Transcript.NotAsked;
import firstanswer.resolver.UpstreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One query as a pure state machine: each event turns a race into the next race, and gives a {@link
 * Step} to carry out.
 *
 * <p>The race asks the upstreams wave after wave, as the plan says. A wave is through when each of
 * its upstreams has answered, is down or cannot be reached. The next wave begins when the present
 * wave is through, or when its delay is over and the budget allows more attempts. If the budget
 * does not, the race asks all remaining waves after {@link Terms#patience()}, so that no client
 * loses its answer to a small budget.
 *
 * <p>The race uses the health that each upstream had at the beginning, so that no change of health
 * ends a query that a server may still answer. Only at the deadline, the present health counts. If
 * the way to an upstream is in trouble, the race asks the upstream again, because its proxy goes on
 * trying.
 *
 * <p>The race ends with the first event after which {@link WinningAnswer} knows the winner, or with
 * the deadline. Later events change nothing.
 *
 * <p>The class is long because the whole life of a query is in one place.
 *
 * @param wavesAsked the number of waves asked so far
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
   * The rules for all queries of a protocol.
   *
   * @param deadline the time within which the client gets a reply
   * @param patience the time, from the beginning of the last wave, after which the race asks all
   *     upstreams; well before the deadline
   * @param waitsForAllDown whether a query waits for the deadline when all upstreams are down
   * @param negativesWithout whether the client gets a "no" while a server is missing
   * @param addressOnly the upstreams that cannot hold the type asked for: their best answer is
   *     NODATA, and their silence means nothing
   */
  public record Terms(
      Duration deadline,
      Duration patience,
      boolean waitsForAllDown,
      boolean negativesWithout,
      Set<UpstreamId> addressOnly) {}

  /**
   * The consequences of an event.
   *
   * @param ask the upstreams to ask now; if there are any, the current delay must be cancelled
   * @param again the upstream to ask again, because its last answer was trouble
   * @param delay the time after which to call {@link Race#onDelay}
   * @param reply the reply to the client, which ends the query
   */
  public record Step(
      Race race,
      List<UpstreamId> ask,
      Optional<UpstreamId> again,
      Optional<Duration> delay,
      Optional<Reply> reply) {

    private Step askingAgain(UpstreamId upstream) {
      return new Step(race, ask, Optional.of(upstream), delay, reply);
    }
  }

  /** Begins a race. The step asks at least one upstream, and has no reply yet. */
  public static Step begin(Terms terms, Plan plan, Map<UpstreamId, Health> health, long nowNanos) {
    List<Entry> entries = new ArrayList<>(health.size());
    health.forEach((id, state) -> entries.add(new Entry(id, state, NotAsked.NOT_ASKED)));
    return new Race(terms, plan, 0, false, entries, false).ask(Due.IF_THROUGH, nowNanos);
  }

  /** An upstream has answered, or has said that it will be silent. Only its first answer counts. */
  public Step onAnswer(UpstreamId upstream, Answer answer, long nowNanos) {
    if (over || !(entry(upstream).attempt() instanceof Asked asked)) {
      return nothing();
    }
    if (isNewTrouble(answer, asked)) {
      Asked troubled = new Asked(asked.askedNanos(), Optional.of((Unheard) answer));
      return withAttempts(List.of(upstream), troubled).decide(nowNanos).askingAgain(upstream);
    }
    Answered answered = new Answered(asked.askedNanos(), nowNanos, answer);
    return withAttempts(List.of(upstream), answered).decide(nowNanos);
  }

  private static boolean isNewTrouble(Answer answer, Asked asked) {
    return answer instanceof Unheard unheard
        && unheard.cause().isTrouble()
        && !asked.trouble().equals(Optional.of(unheard));
  }

  /** The upstreams that were asked last. */
  public List<UpstreamId> lastAsked() {
    return plan.waves().get(wavesAsked - 1).upstreams();
  }

  /** The number of upstreams in the next wave. While a delay runs, there is a next wave. */
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
            Optional.empty(),
            Optional.of(more),
            Optional.empty());
  }

  /**
   * The deadline is over.
   *
   * @param health the health of each upstream now
   */
  public Step onDeadline(Map<UpstreamId, Health> health, long nowNanos) {
    if (over) {
      return nothing();
    }
    List<Entry> last =
        entries.stream().map(entry -> entry.withHealth(health.get(entry.upstream()))).toList();
    return withEntries(last).end(WinningAnswer.atDeadline(last, terms.addressOnly()), nowNanos);
  }

  /** The transcript so far, for a query that was received at {@code receivedNanos}. */
  public Transcript transcript(long receivedNanos, long nowNanos) {
    return new Transcript(entries, nowNanos - receivedNanos);
  }

  private Step nothing() {
    return new Step(this, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Step decide(long nowNanos) {
    return WinningAnswer.of(entries, terms.addressOnly())
        .filter(reply -> reply != Reply.Unanswered.ALL_DOWN || !terms.waitsForAllDown())
        .map(reply -> end(reply, nowNanos))
        .orElseGet(() -> ask(Due.IF_THROUGH, nowNanos));
  }

  /**
   * NODATA is complete without the upstreams that cannot hold the type. NXDOMAIN denies every type,
   * so it needs them, too.
   */
  private Race withoutAddressOnly(Reply reply, long nowNanos) {
    if (terms.addressOnly().isEmpty() || !deniesTheTypeOnly(reply)) {
      return this;
    }
    List<UpstreamId> unheard =
        entries.stream()
            .filter(entry -> entry.isUnheard() && terms.addressOnly().contains(entry.upstream()))
            .map(Entry::upstream)
            .toList();
    return withAttempts(unheard, new Answered(nowNanos, nowNanos, new Unheard(Cause.NOT_ASKABLE)));
  }

  private static boolean deniesTheTypeOnly(Reply reply) {
    return reply instanceof Reply.Relayed relayed
        && relayed.answer() instanceof Answer.Negative negative
        && negative.kind() != Answer.Negative.Kind.NXDOMAIN;
  }

  private Step end(Reply reply, long nowNanos) {
    List<Entry> last = withoutAddressOnly(reply, nowNanos).entries;
    boolean withheld =
        !terms.negativesWithout()
            && reply instanceof Reply.Relayed relayed
            && relayed.answer() instanceof Answer.Negative
            && last.stream().anyMatch(Entry::isMissing);
    return new Step(
        new Race(terms, plan, wavesAsked, denied, last, true),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(withheld ? Reply.Unanswered.WITHHELD : reply));
  }

  /**
   * Asks the next wave if the last wave is through, or if {@code due} says so. Goes on while all
   * upstreams of the wave just asked are down.
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
    List<Entry> asked = withAttempts(ask, new Asked(nowNanos)).entries;
    Race next = new Race(terms, plan, now, false, asked, false);
    Optional<Duration> delay =
        now < plan.waves().size() ? Optional.of(next.delay()) : Optional.empty();
    return new Step(next, ask, Optional.empty(), delay, Optional.empty());
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

  private Race withAttempts(List<UpstreamId> upstreams, Attempt attempt) {
    List<Entry> changed = new ArrayList<>(entries);
    for (UpstreamId upstream : upstreams) {
      int index = indexOf(upstream);
      changed.set(index, changed.get(index).withAttempt(attempt));
    }
    return withEntries(changed);
  }

  private Race withEntries(List<Entry> changed) {
    return new Race(terms, plan, wavesAsked, denied, changed, over);
  }
}
