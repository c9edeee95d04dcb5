package firstanswer.race;

import firstanswer.race.Figures.Waits;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** The utilisation above which it does harm to ask two servers at once instead of one of them. */
final class Threshold {
  private static final int STEPS = 7;
  private static final double LEAST = 0.1;
  private static final double MOST = 0.5;

  private Threshold() {}

  /**
   * Found by bisection; 0.1 to 0.5, and exact to 0.003 but for chance.
   *
   * @param scenario for a utilisation; each load balancer has two servers
   * @param figure of which less is better
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
