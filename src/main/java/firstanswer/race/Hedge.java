package firstanswer.race;

import firstanswer.resolver.UpstreamId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy {@code hedge}: the likeliest server is asked first, the next likeliest when that is
 * slower than it mostly is (Dean and Barroso, The Tail at Scale, 2013), and then the others.
 *
 * <p>Likeliest is who held this name, or the closest name above it, last; then the healthiest; then
 * the one that can be expected to answer first: what it takes on average, as many times as it has
 * queries in flight, and this one. Without the latter all would go to whoever was the fastest a
 * moment ago, and then to the next. Who has not been heard for a while counts as the fastest for
 * one query, or it would never be known that a slow server has become a fast one.
 */
public final class Hedge implements Policy {
  /** The likeliest, the next, and all others: hedging to all of many would cost too much. */
  private static final int WAVES = 3;

  private final DelayBounds bounds;

  public Hedge(DelayBounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public Plan plan(Circumstances query, Experience experience) {
    List<UpstreamId> order = order(query, experience);
    int count = order.size();
    List<Plan.Wave> waves = new ArrayList<>();
    for (int i = 0; i < Math.min(count, WAVES); i++) {
      List<UpstreamId> upstreams = order.subList(i, i == WAVES - 1 ? count : i + 1);
      waves.add(new Plan.Wave(upstreams, bounds.delay(experience.latency(order.get(i)))));
    }
    return new Plan(waves).withAtOnce(query.down());
  }

  private static List<UpstreamId> order(Circumstances query, Experience experience) {
    Optional<UpstreamId> holder = experience.holder(query.name());
    // Read first: the number in flight changes while we sort, and sorting does not bear that.
    Map<UpstreamId, Long> expected = new HashMap<>();
    for (UpstreamId upstream : query.counting()) {
      expected.put(upstream, expectedNanos(upstream, query, experience));
    }
    return query.counting().stream()
        .sorted(
            Comparator.<UpstreamId, Boolean>comparing(u -> !holder.equals(Optional.of(u)))
                .thenComparing(u -> query.health().get(u).state())
                .thenComparing(expected::get))
        .toList();
  }

  private static long expectedNanos(
      UpstreamId upstream, Circumstances query, Experience experience) {
    long one = experience.expected(upstream, query.nowNanos()).toNanos();
    return one * (1 + query.inFlight().applyAsInt(upstream));
  }

  @Override
  public boolean learns() {
    return true;
  }
}
