package firstanswer.policy;

import java.time.Duration;
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

  /** All of {@code count} upstreams at once. */
  public static Plan allAtOnce(int count) {
    List<Integer> all = IntStream.range(0, count).boxed().toList();
    return new Plan(List.of(new Wave(all, Duration.ZERO)));
  }
}
