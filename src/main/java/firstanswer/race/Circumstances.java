package firstanswer.race;

import firstanswer.dns.DomainName;
import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The facts that a policy may use, about a query and the moment of its beginning.
 *
 * @param name the name that the client asks for
 * @param health the health of each upstream, in the order of the configuration
 * @param inFlight returns how many queries wait for an upstream now
 * @param nowNanos the time, on the clock that {@link Experience} uses
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

  /** The upstreams that are down: a "no" does not wait for them. */
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
