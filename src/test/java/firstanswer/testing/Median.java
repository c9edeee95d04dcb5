package firstanswer.testing;

import java.util.Arrays;

/** The middle of some figures. */
public final class Median {
  private Median() {}

  /** The upper one if their number is even; NaN if there are none. */
  public static double of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
