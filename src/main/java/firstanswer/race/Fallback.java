package firstanswer.race;

import java.util.List;

/** The policy {@code fallback}: asks one upstream after the other, in their configured order. */
public final class Fallback implements Policy {
  private final DelayBounds bounds;

  public Fallback(DelayBounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public Plan plan(Circumstances query, Experience experience) {
    return new Plan(
            query.counting().stream()
                .map(i -> new Plan.Wave(List.of(i), bounds.delay(experience.latency(i))))
                .toList())
        .withAtOnce(query.down());
  }

  @Override
  public boolean learns() {
    return true;
  }
}
