package firstanswer.race;

import firstanswer.race.Figures.Waits;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** The utilisation above which asking two servers at once does harm, compared with one. */
final class Threshold {
  private static final int STEPS = 7;
  private static final double LEAST = 0.1;
  private static final double MOST = 0.5;

  private Threshold() {}

  /**
   * Finds the threshold by bisection between 0.1 and 0.5, to 0.003 apart from chance.
   *
   * @param scenario makes the scenario of a utilisation; each load balancer has two servers
   * @param figure the figure to compare; less is better
   */
  static double of(DoubleFunction<Scenario> scenario, ToDoubleFunction<Waits> figure) {
    double helps = LEAST;
    double harms = MOST;
    for (int i = 0; i < STEPS; i++) {
      double middle = (helps + harms) / 2;
      if (raceHarms(scenario.apply(middle), figure)) {
        harms = middle;
      } else {
        helps = middle;
      }
    }
    return (helps + harms) / 2;
  }

  static boolean raceHarms(Scenario scenario, ToDoubleFunction<Waits> figure) {
    double race = figure.applyAsDouble(scenario.run(SimulatedPolicy.RACE).positive());
    return race > figure.applyAsDouble(scenario.run(SimulatedPolicy.ONE).positive());
  }
}
