package firstanswer.balancer;

import firstanswer.dns.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which answer wins: positive &gt; alias only &gt; NODATA &gt; NXDOMAIN &gt; failure, and a "no" of
 * any kind only when nobody can still say yes.
 *
 * <p>The function takes what the upstreams have said so far, one entry an upstream, {@code SILENT}
 * for those that have not spoken. Those that could not be asked do not count.
 */
final class Verdict {
  private Verdict() {}

  /** The answer that has won, if one has; after the deadline, none will. */
  static Optional<Answer> of(List<Answer> said) {
    return said.stream()
        .filter(Answer.Positive.class::isInstance)
        .findFirst()
        .or(() -> said.contains(Answer.Silence.SILENT) ? Optional.empty() : best(said));
  }

  /**
   * If nobody could be asked, the servers all being ones that know addresses only, then nobody has
   * anything else: NODATA.
   */
  private static Optional<Answer> best(List<Answer> said) {
    return Optional.of(
        said.stream()
            .filter(answer -> answer != Answer.Abstention.NOT_ASKED)
            .min(Comparator.comparingInt(Verdict::rank))
            .orElse(Answer.Negative.NODATA));
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
    return 4;
  }
}
