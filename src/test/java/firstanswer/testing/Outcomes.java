package firstanswer.testing;

import firstanswer.dns.Answer;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Transcript;

/** Outcomes whose transcript is of no interest. */
public final class Outcomes {
  public static final Outcome TIMED_OUT = of(Reply.Unanswered.TIMED_OUT);

  private Outcomes() {}

  public static Outcome of(Reply reply) {
    return new Outcome(reply, Transcript.EMPTY);
  }

  public static Outcome of(Answer answer) {
    return of(
        answer == Answer.Unheard.SILENT ? Reply.Unanswered.SILENCE : new Reply.Relayed(answer));
  }
}
