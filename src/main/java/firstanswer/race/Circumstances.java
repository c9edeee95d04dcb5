package firstanswer.race;

import firstanswer.dns.DomainName;
import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What a query meets when it is planned.
 *
 * @param name that is asked for
 * @param health of each upstream, in the order of the configuration
 * @param inFlight how many queries an upstream has at the moment
 * @param nowNanos on the clock of what has been learnt
 */
public record Circumstances(
    DomainName name,
    Map<UpstreamId, Health> health,
    ToIntFunction<UpstreamId> inFlight,
    long nowNanos) {

  /** The upstreams that a "no" waits for. */
  List<UpstreamId> counting() {
    return where(true);
  }

  /** The others. */
  List<UpstreamId> down() {
    return where(false);
  }

  private List<UpstreamId> where(boolean counts) {
    return health.entrySet().stream()
        .filter(entry -> entry.getValue().counts() == counts)
        .map(Map.Entry::getKey)
        .toList();
  }
}
