package firstanswer.policy;

import firstanswer.resolver.Health;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The policy {@code fallback}: one server after the other, in the order of the configuration; those
 * that are down come last.
 */
public final class Fallback implements Policy {
  private final DelayBounds bounds;

  public Fallback(DelayBounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public Plan plan(Circumstances query, Experience experience) {
    List<Health> health = query.health();
    return new Plan(
        IntStream.range(0, health.size())
            .boxed()
            .sorted(Comparator.comparing(i -> !health.get(i).counts()))
            .map(i -> new Plan.Wave(List.of(i), bounds.delay(experience.latency(i))))
            .toList());
  }

  @Override
  public boolean learns() {
    return true;
  }
}
