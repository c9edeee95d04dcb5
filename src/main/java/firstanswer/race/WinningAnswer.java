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
 * Decides which answer wins: positive &gt; alias only &gt; NODATA &gt; NXDOMAIN &gt; failure. A
 * "no" of any kind wins only when no server that counts can still say yes. A server that is down
 * does not count while it is silent. A server that we did not ask (down, over its budget, or not
 * askable in its protocol) never counts.
 */
public final class WinningAnswer {
  private static final int UNRANKED = Integer.MAX_VALUE;

  private WinningAnswer() {}

  /** The reply, or nothing while the race is open. The caller handles the deadline. */
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
   * The reply when no server has answered. If no server's protocol has such a question (the text
   * protocol knows only addresses), then no server holds such data: NODATA. Otherwise the reply
   * says whether servers are down or only over their budgets, which may be over soon.
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

  /** A server that we tried and could not reach has failed. Other unheard servers say nothing. */
  private static boolean isNoFailure(Cause cause) {
    return cause == Cause.SILENT || cause.isAbstention();
  }
}
