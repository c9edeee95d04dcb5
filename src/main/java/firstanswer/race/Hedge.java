package firstanswer.race;

import firstanswer.resolver.UpstreamId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy {@code hedge}: asks the likeliest server first; the next likeliest when the first
 * server is slower than usual (Dean and Barroso, The Tail at Scale, 2013); and then all others.
 *
 * <p>The likeliest server is the last holder of this name, or of the closest name above it. The
 * other servers follow by health, and then by expected time: the average time of a server
 * multiplied by its queries in flight plus one. Without the queries in flight, all queries would go
 * to the server that was fastest a moment ago, until this server is the slowest. A server that has
 * not been heard for a while counts as the fastest for one query. Otherwise nobody would notice
 * that a slow server has become fast.
 */
public final class Hedge implements Policy {
  /**
   * The number of waves: the likeliest server, the next, all others. A hedge to all would cost too
   * much.
   */
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
    // Reads the times before sorting: the queries in flight change meanwhile, and sorting would
    // fail.
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
