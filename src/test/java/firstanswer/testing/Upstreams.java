package firstanswer.testing;

import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Upstreams with numbers, called server0, server1 and so on. */
public final class Upstreams {
  private static final String NAME = "server";

  private Upstreams() {}

  public static UpstreamId id(int number) {
    return new UpstreamId(NAME + number);
  }

  public static int number(UpstreamId id) {
    return Integer.parseInt(id.name().substring(NAME.length()));
  }

  public static List<UpstreamId> ids(int count) {
    return IntStream.range(0, count).mapToObj(Upstreams::id).toList();
  }

  public static List<UpstreamId> ids(List<Integer> numbers) {
    return numbers.stream().map(Upstreams::id).toList();
  }

  public static List<Integer> numbers(List<UpstreamId> ids) {
    return ids.stream().map(Upstreams::number).toList();
  }

  /** One entry an upstream, in their order. */
  public static Map<UpstreamId, Health> health(List<Health> health) {
    Map<UpstreamId, Health> byId = new LinkedHashMap<>();
    for (int i = 0; i < health.size(); i++) {
      byId.put(id(i), health.get(i));
    }
    return byId;
  }
}
