package firstanswer.race;

import firstanswer.resolver.UpstreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The upstreams to ask, wave after wave. The next wave begins as soon as every upstream of the last
 * wave has said "no" or failed, or when the delay of the last wave is over.
 *
 * @param waves all waves in order; each upstream is in exactly one wave
 */
public record Plan(List<Wave> waves) {

  /**
   * Upstreams that are asked together.
   *
   * @param delay the time after which the next wave begins if no upstream has answered; unused in
   *     the last wave
   */
  public record Wave(List<UpstreamId> upstreams, Duration delay) {}

  /**
   * A copy that asks {@code others}, the upstreams that are down, in the first wave, too. No "no"
   * waits for them, and their proxies send few of the questions to the servers.
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
