package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Entry;
import java.util.List;
import java.util.Optional;

/**
 * Which answer wins: positive &gt; alias only &gt; NODATA &gt; NXDOMAIN &gt; failure. A "no" of any
 * kind wins only when no server that counts can still say yes. Servers that are down do not count
 * while they are silent, and servers that our side left alone never do.
 */
public final class Verdict {
  private static final int UNRANKED = Integer.MAX_VALUE;

  private Verdict() {}

  /** What the client is told, if that is known yet; after the deadline, the caller knows. */
  public static Optional<Reply> of(List<Entry> entries) {
    Answer best = null;
    int bestRank = UNRANKED;
    boolean open = false;
    for (Entry entry : entries) {
      open |= entry.isAwaited();
      Answer answer = answerOf(entry);
      int rank = answer == null ? UNRANKED : rank(answer);
      if (rank < bestRank) {
        best = answer;
        bestRank = rank;
      }
    }
    if (open && !(best instanceof Answer.Positive)) {
      return Optional.empty();
    }
    return Optional.of(best == null ? nothingSaid(entries) : new Reply.Relayed(best));
  }

  private static Answer answerOf(Entry entry) {
    return entry.attempt() instanceof Answered answered ? answered.answer() : null;
  }

  /**
   * If no server could be asked in its protocol, all of them being ones that know addresses only,
   * then none of them has anything else: NODATA. If no server is left that could have spoken, the
   * kind of failure tells whether it may be over soon.
   */
  private static Reply nothingSaid(List<Entry> entries) {
    if (entries.stream().allMatch(entry -> isUnheard(entry, Cause.NOT_ASKABLE))) {
      return new Reply.Relayed(Answer.Negative.NODATA);
    }
    return entries.stream().anyMatch(entry -> entry.isSilent() || isUnheard(entry, Cause.DOWN))
        ? Reply.Unanswered.ALL_DOWN
        : Reply.Unanswered.ALL_OVER_BUDGET;
  }

  private static boolean isUnheard(Entry entry, Cause cause) {
    return answerOf(entry) instanceof Unheard unheard && unheard.cause() == cause;
  }

  /** 0 is best. NODATA beats NXDOMAIN: one server holds the name, so the name exists. */
  private static int rank(Answer answer) {
    if (answer instanceof Answer.Positive) {
      return 0;
    }
    if (answer instanceof Answer.Negative negative) {
      return switch (negative.kind()) {
        case ALIAS -> 1;
        case NODATA -> 2;
        case NXDOMAIN -> 3;
      };
    }
    return answer instanceof Unheard unheard && isNoFailure(unheard.cause()) ? UNRANKED : 4;
  }

  /** A server that we tried and could not reach has failed; the others say nothing. */
  private static boolean isNoFailure(Cause cause) {
    return cause == Cause.SILENT || cause.isAbstention();
  }
}
