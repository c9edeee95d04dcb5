package firstanswer.compare;

import firstanswer.testing.Median;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One measurement, or the medians of several.
 *
 * @param perSecond queries answered
 * @param cpuMicros of the forwarder, for each of them
 * @param sleeps how often a thread of the forwarder went to sleep, for each of them
 * @param p50 milliseconds until the answer; NaN if not measured, like the next two
 * @param lost queries without an answer
 * @param wrong answers
 */
record Figures(
    double perSecond,
    double cpuMicros,
    double sleeps,
    double p50,
    double p99,
    double p999,
    double lost,
    double wrong) {

  /** Of each figure its median. */
  static Figures medians(List<Figures> all) {
    return new Figures(
        median(all, Figures::perSecond),
        median(all, Figures::cpuMicros),
        median(all, Figures::sleeps),
        median(all, Figures::p50),
        median(all, Figures::p99),
        median(all, Figures::p999),
        median(all, Figures::lost),
        median(all, Figures::wrong));
  }

  /** The lowest and the highest processor time, in their order. */
  static double[] spread(List<Figures> all) {
    return new double[] {
      all.stream().mapToDouble(Figures::cpuMicros).min().orElse(Double.NaN),
      all.stream().mapToDouble(Figures::cpuMicros).max().orElse(Double.NaN)
    };
  }

  private static double median(List<Figures> all, ToDoubleFunction<Figures> figure) {
    return Median.of(all.stream().mapToDouble(figure).toArray());
  }
}
