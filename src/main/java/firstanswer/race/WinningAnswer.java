package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Asked;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.UpstreamId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which answer wins: positive &gt; alias only (a CNAME without the record asked for) &gt;
 * NODATA &gt; NXDOMAIN &gt; failure. A positive answer wins at once. Any other answer wins only
 * when no server that counts can still give a better one.
 *
 * <p>A server counts unless it is down. A server that we chose not to ask (down, over its budget,
 * or not askable in its protocol) does not count either. A server that counts but was not heard has
 * not said "no", whatever the reason. Answers that are not positive wait for it until the deadline,
 * and do not win then.
 */
public final class WinningAnswer {
  private static final int POSITIVE = 0;
  private static final int NODATA = 2;
  private static final int FAILURE = 4;
  private static final int UNRANKED = Integer.MAX_VALUE;

  private WinningAnswer() {}

  /**
   * The reply; empty while a better answer may come before the deadline.
   *
   * @param addressOnly the upstreams that cannot hold the type asked for, so that their best answer
   *     is NODATA
   */
  public static Optional<Reply> of(List<Entry> entries, Set<UpstreamId> addressOnly) {
    Answer best = best(entries);
    int rank = rank(best);
    if (rank != POSITIVE) {
      for (Entry entry : entries) {
        boolean isBeaten = rank <= NODATA && addressOnly.contains(entry.upstream());
        if (!isBeaten && isAwaited(entry, best == null)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(best == null ? nothingSaid(entries, addressOnly) : new Reply.Relayed(best));
  }

  /**
   * Whether to wait for the answer of this upstream. A server that is down may still answer if it
   * was asked. While no other server has said anything, waiting for its answer costs nothing.
   */
  private static boolean isAwaited(Entry entry, boolean nothingSaid) {
    return entry.isUnheard()
        && (entry.health().counts() || (nothingSaid && entry.attempt() instanceof Asked));
  }

  /**
   * The reply at the deadline, when {@code entries} have the health of that moment. The silence of
   * upstreams that are {@code addressOnly} means nothing.
   */
  public static Reply atDeadline(List<Entry> entries, Set<UpstreamId> addressOnly) {
    Answer best = best(entries);
    boolean proven =
        entries.stream()
            .noneMatch(
                entry ->
                    entry.isUnheard()
                        && entry.health().counts()
                        && !addressOnly.contains(entry.upstream()));
    return best != null && proven ? new Reply.Relayed(best) : Reply.Unanswered.TIMED_OUT;
  }

  /** The best answer that a server has given; null if none has. */
  private static Answer best(List<Entry> entries) {
    Answer best = null;
    for (Entry entry : entries) {
      if (entry.attempt() instanceof Answered answered && rank(answered.answer()) < rank(best)) {
        best = answered.answer();
      }
    }
    return best;
  }

  /** The rank of an answer; 0 is best. NODATA beats NXDOMAIN: a server with NODATA has the name. */
  private static int rank(Answer answer) {
    if (answer instanceof Answer.Positive) {
      return POSITIVE;
    }
    if (answer instanceof Answer.Negative negative) {
      return switch (negative.kind()) {
        case ALIAS -> 1;
        case NODATA -> NODATA;
        case NXDOMAIN -> 3;
      };
    }
    return answer instanceof Answer.Failure ? FAILURE : UNRANKED;
  }

  /**
   * The reply when no server has answered and no answer is awaited. If no server's protocol has
   * such a question (the text protocol knows only addresses), no server holds such data: NODATA.
   * Otherwise the reply says whether the servers are down, or only over their budgets.
   */
  private static Reply nothingSaid(List<Entry> entries, Set<UpstreamId> addressOnly) {
    List<Entry> askable =
        entries.stream()
            .filter(entry -> !isUnheard(entry, Cause.NOT_ASKABLE))
            .filter(entry -> !(entry.isUnheard() && addressOnly.contains(entry.upstream())))
            .toList();
    if (askable.isEmpty()) {
      return new Reply.Relayed(Answer.Negative.NODATA);
    }
    return askable.stream().anyMatch(entry -> entry.isUnheard() || isUnheard(entry, Cause.DOWN))
        ? Reply.Unanswered.ALL_DOWN
        : Reply.Unanswered.ALL_OVER_BUDGET;
  }

  private static boolean isUnheard(Entry entry, Cause cause) {
    return entry.attempt() instanceof Answered answered
        && answered.answer() instanceof Unheard unheard
        && unheard.cause() == cause;
  }
}
