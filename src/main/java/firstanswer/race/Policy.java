package firstanswer.race;

/**
 * Decides whom to ask for a name, and when. A policy decides about order and delay only: it skips
 * nobody, since a "no" needs all who count.
 */
public interface Policy {

  /**
   * The plan for a query.
   *
   * @param experience what has been learnt of the upstreams
   */
  Plan plan(Circumstances query, Experience experience);

  /** Whether it makes use of experience, so that there is a point in gathering it. */
  boolean learns();
}
