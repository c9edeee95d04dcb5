package firstanswer.race;

import firstanswer.resolver.UpstreamId;
import java.util.Collection;

/**
 * The policy {@code race}: asks all upstreams at once. The quickest policy, with the most load on
 * servers.
 */
public final class AllAtOnce implements Policy {
  private final Plan plan;

  /** Asks {@code upstreams}. */
  public AllAtOnce(Collection<UpstreamId> upstreams) {
    this.plan = Plan.allAtOnce(upstreams);
  }

  @Override
  public Plan plan(Circumstances query, Experience experience) {
    return plan;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
