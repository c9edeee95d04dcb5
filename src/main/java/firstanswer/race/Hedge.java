package firstanswer.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

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
    List<Integer> order = order(query, experience);
    int count = order.size();
    List<Plan.Wave> waves = new ArrayList<>();
    for (int i = 0; i < Math.min(count, WAVES); i++) {
      List<Integer> upstreams = order.subList(i, i == WAVES - 1 ? count : i + 1);
      waves.add(new Plan.Wave(upstreams, bounds.delay(experience.latency(order.get(i)))));
    }
    return new Plan(waves).withAtOnce(query.down());
  }

  private static List<Integer> order(Circumstances query, Experience experience) {
    OptionalInt holder = experience.holder(query.name());
    // Taken down first: what is in flight changes while we sort, and sorting does not bear that.
    long[] expected =
        IntStream.range(0, query.health().size())
            .mapToLong(i -> expected(i, query, experience))
            .toArray();
    return query.counting().stream()
        .sorted(
            Comparator.<Integer, Boolean>comparing(i -> !holder.equals(OptionalInt.of(i)))
                .thenComparing(i -> query.health().get(i).state())
                .thenComparing(i -> expected[i]))
        .toList();
  }

  private static long expected(int upstream, Circumstances query, Experience experience) {
    long one = experience.expected(upstream, query.now()).toNanos();
    return one * (1 + query.inFlight().applyAsInt(upstream));
  }

  @Override
  public boolean learns() {
    return true;
  }
}
