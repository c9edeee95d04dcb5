package firstanswer.race;

/**
 * Decides which upstreams to ask for a name, in which order and after which delays. A policy leaves
 * no upstream out, because a "no" needs all upstreams that count.
 */
public interface Policy {

  /**
   * The plan for a query.
   *
   * @param experience what past queries have shown of the upstreams
   */
  Plan plan(Circumstances query, Experience experience);

  /** Whether the policy uses experience; if not, the load balancer gathers none. */
  boolean learns();
}
