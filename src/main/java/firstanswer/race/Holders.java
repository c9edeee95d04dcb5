package firstanswer.race;

import firstanswer.dns.DomainName;
import firstanswer.resolver.UpstreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which upstream last held a name that others lacked, for the name and every name above
 * it except the root. Forgets the least recently used names. The holder is a guess, good only for
 * the choice of the upstream to ask first.
 */
public final class Holders {
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<String, UpstreamId> byName;

  /** Remembers at most {@code limit} names. */
  public Holders(int limit) {
    this.byName =
        new LinkedHashMap<>(16, LOAD_FACTOR, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, UpstreamId> eldest) {
            return size() > limit;
          }
        };
  }

  public Optional<UpstreamId> of(DomainName name) {
    for (String at = name.key(); !at.isEmpty(); at = above(at)) {
      UpstreamId holder = byName.get(at);
      if (holder != null) {
        return Optional.of(holder);
      }
    }
    return Optional.empty();
  }

  /**
   * Learns that {@code winner} has the name. If others lack it, the winner is the holder. If others
   * may have the name, too, forgets any other holder, because it is not the only holder.
   */
  public void learn(DomainName name, UpstreamId winner, boolean othersLackIt) {
    for (String at = name.key(); !at.isEmpty(); at = above(at)) {
      if (othersLackIt) {
        byName.put(at, winner);
      } else {
        byName.computeIfPresent(at, (n, holder) -> holder.equals(winner) ? holder : null);
      }
    }
  }

  /**
   * The name behind the first dot. A dot inside a label gives a name that nobody asks for:
   * harmless.
   */
  private static String above(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
