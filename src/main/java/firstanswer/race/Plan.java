package firstanswer.race;

import firstanswer.resolver.UpstreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The upstreams to ask, wave after wave. A wave begins when every upstream of the wave before it
 * has answered, is down or cannot be reached, or when the delay of the wave before it is over.
 *
 * @param waves all waves in order; each upstream is in exactly one wave
 */
public record Plan(List<Wave> waves) {

  /**
   * Upstreams that are asked together.
   *
   * @param delay the time after which the next wave begins at the latest if the budget allows;
   *     unused in the final wave
   */
  public record Wave(List<UpstreamId> upstreams, Duration delay) {}

  /**
   * A copy whose first wave also asks {@code others}, the upstreams that are down. This costs
   * little: a "no" does not wait for them, and their proxies send them only a few queries.
   */
  Plan withAtOnce(List<UpstreamId> others) {
    if (others.isEmpty()) {
      return this;
    }
    if (waves.isEmpty()) {
      return allAtOnce(others);
    }
    List<UpstreamId> together = new ArrayList<>(waves.get(0).upstreams());
    together.addAll(others);
    List<Wave> all = new ArrayList<>(waves);
    all.set(0, new Wave(together, waves.get(0).delay()));
    return new Plan(all);
  }

  /** A plan that asks all {@code upstreams} in one wave. */
  public static Plan allAtOnce(Collection<UpstreamId> upstreams) {
    return new Plan(List.of(new Wave(List.copyOf(upstreams), Duration.ZERO)));
  }
}
