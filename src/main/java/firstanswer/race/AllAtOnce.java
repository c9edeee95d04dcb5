package firstanswer.race;

/** The policy {@code race}: everybody is asked at once. Quickest, and the most traffic. */
public final class AllAtOnce implements Policy {
  private final Plan plan;

  /** For {@code upstreams} servers. */
  public AllAtOnce(int upstreams) {
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
