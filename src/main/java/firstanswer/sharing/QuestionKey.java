package firstanswer.sharing;

import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * A question as the key of a map. The keys have an order, because it keeps the map fast when
 * clients choose questions of the same hash code.
 */
record QuestionKey(Question question) implements Comparable<QuestionKey> {
  private static final Comparator<Edns> BY_EDNS =
      Comparator.comparingInt(Edns::flags)
          .thenComparing((one, other) -> Arrays.compare(one.options(), other.options()));

  private static final Comparator<QuestionKey> ORDER =
      Comparator.comparing((QuestionKey key) -> key.question().name())
          .thenComparingInt(key -> key.question().type())
          .thenComparingInt(key -> flags(key.question().manner()))
          .thenComparing(
              key -> edns(key.question().manner()).orElse(null), Comparator.nullsFirst(BY_EDNS));

  /** The flags, or a value below all flags for the text protocol. */
  private static int flags(Manner manner) {
    return manner instanceof Manner.Dns dns ? dns.flags() : -1;
  }

  private static Optional<Edns> edns(Manner manner) {
    return manner instanceof Manner.Dns dns ? dns.edns() : Optional.empty();
  }

  @Override
  public int compareTo(QuestionKey other) {
    return ORDER.compare(this, other);
  }
}
