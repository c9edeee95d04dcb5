package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.resolver.Transcript;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Asked;
import firstanswer.resolver.Transcript.Attempt;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.UpstreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.xbill.DNS.Rcode;

/**
 * The facts that one query shows about the upstreams.
 *
 * @param holder the upstream that had the name; empty if none had it
 * @param othersLackIt whether another upstream said that it lacks the name. Otherwise all upstreams
 *     may hold the name, and the first to answer is not worth remembering
 */
public record Observation(
    DomainName name, Optional<UpstreamId> holder, boolean othersLackIt, List<Sample> samples) {

  /**
   * The time that a server took to answer.
   *
   * @param overtaken whether a server that was asked later has answered first. Then {@code took} is
   *     the time for which the query has waited for this server
   */
  public record Sample(UpstreamId upstream, Duration took, boolean overtaken) {}

  /**
   * Reads the transcript of a query for {@code name}.
   *
   * @param nowNanos the time, on the clock of the transcript
   * @param missesInSilence whether silence may be an upstream's "no", so that silence shows nothing
   *     about its speed
   */
  public static Observation of(
      DomainName name,
      Transcript transcript,
      long nowNanos,
      Predicate<UpstreamId> missesInSilence) {
    List<Entry> entries = transcript.entries();
    Optional<UpstreamId> holder =
        entries.stream().filter(Observation::holds).findFirst().map(Entry::upstream);
    List<Sample> samples = new ArrayList<>();
    long lastAsked = entries.stream().mapToLong(e -> askedNanos(e.attempt())).max().orElse(0);
    for (Entry entry : entries) {
      sample(entry, lastAsked, nowNanos)
          .filter(sample -> !sample.overtaken() || !missesInSilence.test(entry.upstream()))
          .ifPresent(samples::add);
    }
    return new Observation(name, holder, entries.stream().anyMatch(Observation::lacks), samples);
  }

  private static boolean holds(Entry entry) {
    return entry.attempt() instanceof Answered answered
        && answered.answer() instanceof Answer.Positive;
  }

  /** REFUSED counts, since a name server refuses the names of zones that it lacks. */
  private static boolean lacks(Entry entry) {
    if (!(entry.attempt() instanceof Answered answered)) {
      return false;
    }
    return answered.answer() == Answer.Unheard.SILENT
        || answered.answer() instanceof Answer.Negative
        || (answered.answer() instanceof Answer.Failure failure && failure.says(Rcode.REFUSED));
  }

  private static long askedNanos(Attempt attempt) {
    if (attempt instanceof Asked asked) {
      return asked.askedNanos();
    }
    return attempt instanceof Answered answered && !isPassedOver(answered.answer())
        ? answered.askedNanos()
        : Long.MIN_VALUE;
  }

  /** Whether we chose not to ask the upstream. */
  private static boolean isPassedOver(Answer answer) {
    return answer instanceof Answer.Unheard unheard && unheard.cause().isAbstention();
  }

  private static Optional<Sample> sample(Entry entry, long lastAsked, long nowNanos) {
    long asked = askedNanos(entry.attempt());
    if (entry.isUnheard()) {
      return asked == Long.MIN_VALUE || asked == lastAsked
          ? Optional.empty()
          : Optional.of(new Sample(entry.upstream(), Duration.ofNanos(nowNanos - asked), true));
    }
    Answered answered = (Answered) entry.attempt();
    return answered.answer() instanceof Answer.Positive
            || answered.answer() instanceof Answer.Negative
        ? Optional.of(
            new Sample(entry.upstream(), Duration.ofNanos(answered.answeredNanos() - asked), false))
        : Optional.empty();
  }
}
