package firstanswer.balancer;

import firstanswer.resolver.Health;
import firstanswer.resolver.Query.Protocol;
import firstanswer.resolver.UpstreamId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The health that the proxy of each upstream has last reported. An upstream in two protocols has a
 * health in each. One thread makes changes, and all threads may read.
 */
final class KnownHealth {
  private volatile Map<Protocol, Map<UpstreamId, Health>> known;

  /** Begins with all {@code upstreams} up, in this order. */
  KnownHealth(Collection<UpstreamId> upstreams) {
    Map<UpstreamId, Health> allUp = new LinkedHashMap<>();
    upstreams.forEach(upstream -> allUp.put(upstream, Health.UP));
    Map<Protocol, Map<UpstreamId, Health>> all = new EnumMap<>(Protocol.class);
    for (Protocol protocol : Protocol.values()) {
      all.put(protocol, Collections.unmodifiableMap(allUp));
    }
    known = all;
  }

  /** The health of each upstream for queries of {@code protocol}. */
  Map<UpstreamId, Health> of(Protocol protocol) {
    return known.get(protocol);
  }

  /** Changes the health of an upstream for queries of {@code protocols}. */
  void change(UpstreamId upstream, Set<Protocol> protocols, Health health) {
    Map<Protocol, Map<UpstreamId, Health>> all = new EnumMap<>(known);
    for (Protocol protocol : protocols) {
      Map<UpstreamId, Health> changed = new LinkedHashMap<>(known.get(protocol));
      changed.put(upstream, health);
      all.put(protocol, Collections.unmodifiableMap(changed));
    }
    known = all;
  }
}
