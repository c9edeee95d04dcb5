package firstanswer.race;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whom to ask, wave after wave. The next wave is asked as soon as all of the last one have said no
 * or failed, or when its delay is over.
 *
 * @param waves the upstreams, by their places in the configuration; each of them once
 */
public record Plan(List<Wave> waves) {

  /**
   * Some upstreams that are asked together.
   *
   * @param delay after which the next wave is asked if nobody has spoken; of the last one it means
   *     nothing
   */
  public record Wave(List<Integer> upstreams, Duration delay) {}

  /**
   * This plan, with {@code others} asked in its first wave, too: those that are down, for whom
   * nobody waits. Their proxies let few of these questions through.
   */
  public Plan withAtOnce(List<Integer> others) {
    if (others.isEmpty()) {
      return this;
    }
    if (waves.isEmpty()) {
      return new Plan(List.of(new Wave(others, Duration.ZERO)));
    }
    List<Integer> together = new ArrayList<>(waves.get(0).upstreams());
    together.addAll(others);
    List<Wave> all = new ArrayList<>(waves);
    all.set(0, new Wave(together, waves.get(0).delay()));
    return new Plan(all);
  }

  /** All of {@code count} upstreams at once. */
  public static Plan allAtOnce(int count) {
    List<Integer> all = IntStream.range(0, count).boxed().toList();
    return new Plan(List.of(new Wave(all, Duration.ZERO)));
  }
}
