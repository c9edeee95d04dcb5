package firstanswer.race;

import java.util.Arrays;
import java.util.List;

/**
 * The results of a simulation.
 *
 * @param attempts attempts per query
 * @param busiest the share of all attempts that the busiest server got, 0 to 1
 * @param positive the waits for a yes
 * @param negative the waits for a no
 * @param failed queries that ended in a failure or timed out
 * @param wrong queries that got a no although a server has the name
 */
record Figures(
    double attempts, double busiest, Waits positive, Waits negative, int failed, int wrong) {

  /**
   * How long clients waited, in milliseconds.
   *
   * @param p999 the percentile 99.9
   * @param p99999 the percentile 99.999: for independent queries, about the percentile 99.9 of the
   *     slowest of 100
   */
  record Waits(
      int count, double mean, double p50, double p99, double p999, double p99999, double max) {
    private static final double NANOS = 1e6;

    static Waits of(List<Long> nanos) {
      double[] sorted = nanos.stream().mapToDouble(n -> n / NANOS).sorted().toArray();
      return new Waits(
          sorted.length,
          Arrays.stream(sorted).average().orElse(Double.NaN),
          at(sorted, 0.5),
          at(sorted, 0.99),
          at(sorted, 0.999),
          at(sorted, 0.99999),
          at(sorted, 1));
    }

    private static double at(double[] sorted, double share) {
      return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
  }
}
