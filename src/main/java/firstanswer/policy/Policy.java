package firstanswer.policy;

import firstanswer.dns.DomainName;
import firstanswer.resolver.Health;
import java.util.List;

/**
 * Decides whom to ask for a name, and when. A policy decides about order and delay only: it skips
 * nobody, since a "no" needs all who count.
 */
public interface Policy {

  /**
   * The plan for a query for {@code name}.
   *
   * @param health one entry an upstream
   * @param experience what has been learnt of these upstreams
   * @param now in nanoseconds, on the clock of {@code experience}
   */
  Plan plan(DomainName name, List<Health> health, Experience experience, long now);

  /** Whether it makes use of experience, so that there is a point in gathering it. */
  boolean learns();
}
