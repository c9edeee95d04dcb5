package firstanswer.upstream.text;

import firstanswer.dns.DomainName;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The latest names, at most 4096, that no longer wait for an answer. With these names, an answer
 * that is late or comes twice differs from an answer that nobody asked for.
 */
final class RecentNames {
  private static final int MAX_REMEMBERED = 4096;

  private final Set<DomainName> names = new LinkedHashSet<>();

  /** Remembers {@code name}, in place of the oldest name if there are too many. */
  void add(DomainName name) {
    names.add(name);
    if (names.size() > MAX_REMEMBERED) {
      Iterator<DomainName> oldest = names.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  boolean contains(DomainName name) {
    return names.contains(name);
  }
}
