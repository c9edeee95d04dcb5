package firstanswer.race;

import firstanswer.resolver.UpstreamId;
import firstanswer.testing.Upstreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The product's policies with their defaults, and one to compare them with. */
enum SimulatedPolicy implements Scenario.PolicyMaker {
  ONE,
  RACE,
  HEDGE,
  FALLBACK;

  /** The defaults. */
  static final DelayBounds BOUNDS = new DelayBounds(Duration.ofMillis(10), Duration.ofMillis(100));

  @Override
  public Policy of(int upstreams, RandomGenerator random) {
    return switch (this) {
      case ONE -> new One(random);
      case RACE -> new AllAtOnce(Upstreams.ids(upstreams));
      case HEDGE -> new Hedge(BOUNDS);
      case FALLBACK -> new Fallback(BOUNDS);
    };
  }

  /** Asks one server at random; the others only when it says no or fails, however slow it is. */
  private record One(RandomGenerator random) implements Policy {
    private static final Duration NEVER = Duration.ofDays(1);

    @Override
    public Plan plan(Circumstances query, Experience experience) {
      List<UpstreamId> order = new ArrayList<>(query.health().keySet());
      if (order.size() == 1) {
        return Plan.allAtOnce(order);
      }
      order.add(0, order.remove(random.nextInt(order.size())));
      return new Plan(
          List.of(
              new Plan.Wave(order.subList(0, 1), NEVER),
              new Plan.Wave(order.subList(1, order.size()), NEVER)));
    }

    @Override
    public boolean learns() {
      return false;
    }
  }
}
