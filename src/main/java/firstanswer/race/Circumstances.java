package firstanswer.race;

import firstanswer.dns.DomainName;
import firstanswer.resolver.Health;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * In which a query is to be planned.
 *
 * @param name that is asked for
 * @param health one entry an upstream
 * @param inFlight how many queries an upstream, by its place in the list, has at the moment
 * @param now in nanoseconds, on the clock of what has been learnt
 */
public record Circumstances(
    DomainName name, List<Health> health, IntUnaryOperator inFlight, long now) {

  /** The upstreams that are waited for, by their places. */
  public List<Integer> counting() {
    return where(Health::counts);
  }

  /** The others. */
  public List<Integer> down() {
    return where(h -> !h.counts());
  }

  private List<Integer> where(Predicate<Health> which) {
    return IntStream.range(0, health.size())
        .filter(i -> which.test(health.get(i)))
        .boxed()
        .toList();
  }
}
