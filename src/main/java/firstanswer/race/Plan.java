package firstanswer.race;

import firstanswer.resolver.UpstreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The upstreams to ask, wave after wave. The next wave is asked as soon as every upstream of the
 * last wave has said no or failed, or when the last wave's delay is over.
 *
 * @param waves each upstream is in one wave, once
 */
public record Plan(List<Wave> waves) {

  /**
   * Upstreams that are asked together.
   *
   * @param delay the time after which the next wave is asked if none of these has answered; unused
   *     in the last wave
   */
  public record Wave(List<UpstreamId> upstreams, Duration delay) {}

  /**
   * This plan, with {@code others} in its first wave, too. These are the upstreams that are down:
   * no "no" waits for them, and their proxies let few of these questions through.
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

  /** All of {@code upstreams} in one wave. */
  public static Plan allAtOnce(Collection<UpstreamId> upstreams) {
    return new Plan(List.of(new Wave(List.copyOf(upstreams), Duration.ZERO)));
  }
}
