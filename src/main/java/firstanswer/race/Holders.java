package firstanswer.race;

import firstanswer.dns.DomainName;
import firstanswer.resolver.UpstreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who last held a name that others lacked, and every name above it but the root; the least recently
 * used are forgotten. What it says is a guess, good for whom to ask first.
 */
public final class Holders {
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<String, UpstreamId> byName;

  /** Remembers {@code limit} names. */
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
   * {@code winner} has the name. If others lack it, it is the holder; if they may have it, too,
   * whoever else was taken for the holder is not the only one.
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

  /** A dot inside a label makes a name of its own here, and does no harm. */
  private static String above(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
