package firstanswer.testing;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How hard values are to guess, in bits: the collision entropy (Renyi entropy of order 2), from the
 * share of pairs that are equal. Unlike the entropy of the frequencies, it is not limited by the
 * number of samples: of 10,000 draws from 65,536 values, 763 pairs are equal, give or take 28.
 *
 * @param pairs of samples
 * @param equal pairs whose values are the same
 */
public record CollisionEntropy(long pairs, long equal) {
  /** Of {@code samples}, at least two. */
  public static CollisionEntropy of(Collection<?> samples) {
    Map<Object, Long> counts = new HashMap<>();
    samples.forEach(sample -> counts.merge(sample, 1L, Long::sum));
    long equal = counts.values().stream().mapToLong(n -> n * (n - 1) / 2).sum();
    long n = samples.size();
    return new CollisionEntropy(n * (n - 1) / 2, equal);
  }

  /** Bits; where no pair is equal, what one equal pair would give. */
  public double bits() {
    return Math.log((double) pairs / Math.max(1, equal)) / Math.log(2);
  }

  @Override
  public String toString() {
    return (equal == 0 ? "more than " : "") + String.format(Locale.ROOT, "%.1f bits", bits());
  }
}
