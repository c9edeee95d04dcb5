package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Abstention;
import firstanswer.dns.Answer.Silence;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which answer wins: positive &gt; alias only &gt; NODATA &gt; NXDOMAIN &gt; failure, and a "no" of
 * any kind only when nobody who counts can still say yes.
 *
 * <p>The function takes what the upstreams have said so far, one entry an upstream, {@code SILENT}
 * for those that have not spoken. Those that are down do not count while they are silent; those
 * that were not asked never do.
 */
public final class Verdict {
  /** Nobody is left who could have spoken. */
  static final Answer ALL_DOWN = new Answer.Failure("all servers down");

  /** Nobody is down, but whoever was to be asked has too much to do. */
  static final Answer ALL_BUSY = new Answer.Failure("busy");

  private Verdict() {}

  /**
   * The answer that has won, if one has; after the deadline, none will.
   *
   * @param counts whether an upstream, by its place in the list, is waited for
   */
  public static Optional<Answer> of(List<Answer> said, IntPredicate counts) {
    return said.stream()
        .filter(Answer.Positive.class::isInstance)
        .findFirst()
        .or(() -> isOpen(said, counts) ? Optional.empty() : best(said));
  }

  private static boolean isOpen(List<Answer> said, IntPredicate counts) {
    return IntStream.range(0, said.size())
        .anyMatch(i -> said.get(i) == Silence.SILENT && counts.test(i));
  }

  /**
   * If nobody could be asked in its protocol, the servers all being ones that know addresses only,
   * then nobody has anything else: NODATA. If nobody is left who could have spoken, that is a
   * failure, and its kind tells if it may be over soon.
   */
  private static Optional<Answer> best(List<Answer> said) {
    Optional<Answer> best =
        said.stream().filter(Verdict::isSaid).min(Comparator.comparingInt(Verdict::rank));
    return best.or(() -> Optional.of(nothingSaid(said)));
  }

  private static Answer nothingSaid(List<Answer> said) {
    if (said.stream().allMatch(answer -> answer == Abstention.NOT_ASKED)) {
      return Answer.Negative.NODATA;
    }
    boolean somebodyDown =
        said.stream().anyMatch(answer -> answer == Silence.SILENT || answer == Abstention.DOWN);
    return somebodyDown ? ALL_DOWN : ALL_BUSY;
  }

  private static boolean isSaid(Answer answer) {
    return answer != Silence.SILENT && !(answer instanceof Abstention);
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
