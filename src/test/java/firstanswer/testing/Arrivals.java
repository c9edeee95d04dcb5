package firstanswer.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.Name;

/** When a name server of a test was first asked for each name, by {@link System#nanoTime()}. */
public final class Arrivals {
  private final Map<Name, Long> nanos = new ConcurrentHashMap<>();

  /** A query for {@code name} has come. */
  void note(Name name) {
    nanos.putIfAbsent(name, System.nanoTime());
  }

  /** Whether the server was asked for {@code name}, but not before {@code then}. */
  public boolean areAllAfter(Name name, long then) {
    Long first = nanos.get(name);
    return first != null && first - then > 0;
  }
}
