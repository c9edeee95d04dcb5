package firstanswer.race;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** A random duration in nanoseconds, never negative. */
interface ServiceTime {
  long sample(RandomGenerator random);

  /** Always zero. */
  static ServiceTime none() {
    return random -> 0;
  }

  /** Always the same. */
  static ServiceTime constant(Duration time) {
    long nanos = time.toNanos();
    return random -> nanos;
  }

  static ServiceTime exponential(Duration mean) {
    return random -> (long) (mean.toNanos() * random.nextExponential());
  }

  /** Heavy-tailed: the share that takes longer than t falls as t to the power of -alpha. */
  static ServiceTime pareto(Duration mean, double alpha) {
    double least = mean.toNanos() * (alpha - 1) / alpha;
    return random -> (long) (least * Math.pow(1 - random.nextDouble(), -1 / alpha));
  }

  /**
   * Skewed as times over a network are.
   *
   * @param sigma the standard deviation of the logarithm
   */
  static ServiceTime logNormal(Duration mean, double sigma) {
    double median = mean.toNanos() * Math.exp(-sigma * sigma / 2);
    return random -> (long) (median * Math.exp(sigma * random.nextGaussian()));
  }

  /** This duration; in a {@code share} of cases, 0 to 1, {@code delay} more. */
  default ServiceTime andRarely(double share, ServiceTime delay) {
    return random -> sample(random) + (random.nextDouble() < share ? delay.sample(random) : 0);
  }
}
