package firstanswer.policy;

import firstanswer.dns.DomainName;
import firstanswer.resolver.Health;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The policy {@code hedge}: the likeliest server is asked first, and all the others when it is
 * slower than it mostly is (Dean and Barroso, The Tail at Scale, 2013).
 *
 * <p>Likeliest is who held this name, or the closest name above it, last; then the healthiest; then
 * the fastest. Who has not been heard for a while counts as the fastest for one query, or it would
 * never be known that a slow server has become a fast one.
 */
public final class Hedge implements Policy {
  private final DelayBounds bounds;

  public Hedge(DelayBounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public Plan plan(DomainName name, List<Health> health, Experience experience, long now) {
    OptionalInt holder = experience.holder(name);
    List<Integer> order =
        IntStream.range(0, health.size())
            .boxed()
            .sorted(
                Comparator.<Integer, Boolean>comparing(i -> !holder.equals(OptionalInt.of(i)))
                    .thenComparing(i -> health.get(i).state())
                    .thenComparing(i -> experience.expected(i, now)))
            .toList();
    if (order.size() == 1) {
      return Plan.allAtOnce(1);
    }
    int first = order.get(0);
    return new Plan(
        List.of(
            new Plan.Wave(order.subList(0, 1), bounds.delay(experience.latency(first))),
            new Plan.Wave(order.subList(1, order.size()), bounds.max())));
  }

  @Override
  public boolean learns() {
    return true;
  }
}
