package firstanswer.balancer;

import firstanswer.dns.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which answer wins: positive &gt; NODATA &gt; NXDOMAIN &gt; failure, and a "no" of any kind only
 * when nobody can still say yes.
 *
 * <p>The functions take what the upstreams have said so far, one entry an upstream, {@code SILENT}
 * for those that have not spoken.
 */
final class Verdict {
  private Verdict() {}

  /** The answer that has won before the deadline, if one has. */
  static Optional<Answer> beforeDeadline(List<Answer> said) {
    return said.stream()
        .filter(Answer.Positive.class::isInstance)
        .findFirst()
        .or(() -> said.contains(Answer.Silence.SILENT) ? Optional.empty() : best(said));
  }

  /**
   * The answer at the deadline: somebody still silent might have said yes, so that is TIMED OUT.
   */
  static Answer atDeadline(List<Answer> said) {
    return beforeDeadline(said).orElse(Answer.NoAnswer.TIMED_OUT);
  }

  private static Optional<Answer> best(List<Answer> said) {
    return said.stream().min(Comparator.comparingInt(Verdict::rank));
  }

  /** 0 is best. NODATA beats NXDOMAIN: one server holds the name, so the name exists. */
  private static int rank(Answer answer) {
    if (answer instanceof Answer.Positive) {
      return 0;
    }
    if (answer == Answer.Negative.NODATA) {
      return 1;
    }
    return answer == Answer.Negative.NXDOMAIN ? 2 : 3;
  }
}
