package firstanswer.upstream.health;

import firstanswer.config.HealthSettings;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import java.util.Optional;

/**
 * Judges a name server by how it answers: each attempt ends in time with a good answer, in time
 * with a failure, or not in time, whether it is then answered late or never. Some of the last kind
 * in a row, and it is down: nobody should wait for it, be it dead or only slow. One good answer in
 * time, and it is up. A server that answers with failures only is suspect, and no more: its answers
 * keep nobody waiting, and the names it does know are found.
 */
public final class HealthMonitor {
  private final HealthSettings settings;
  private Health health = Health.UP;
  private int lateInRow;
  private int failuresInRow;

  public HealthMonitor(HealthSettings settings) {
    this.settings = settings;
  }

  public Health health() {
    return health;
  }

  /** Whether the last that was heard of it is that there was nothing to be heard. */
  public boolean isInDoubt() {
    return lateInRow > 0;
  }

  /** A good answer has come in time. What the health has become, if that is a change. */
  public Optional<Health> onGood() {
    lateInRow = 0;
    failuresInRow = 0;
    return become(State.UP, "");
  }

  /** A failure has come in time: the server can be reached, at least. */
  public Optional<Health> onFailure(String reason) {
    lateInRow = 0;
    failuresInRow++;
    boolean doubtful = health.state() != State.UP || failuresInRow >= settings.suspectAfter();
    return doubtful ? become(State.SUSPECT, reason) : Optional.empty();
  }

  /** The time for an answer is over, and there is none. */
  public Optional<Health> onLate() {
    lateInRow++;
    if (lateInRow >= settings.downAfter()) {
      return become(State.DOWN, "no answer in time");
    }
    return health.state() == State.UP && lateInRow >= settings.suspectAfter()
        ? become(State.SUSPECT, "late")
        : Optional.empty();
  }

  private Optional<Health> become(State state, String reason) {
    if (health.state() == state) {
      return Optional.empty();
    }
    health = new Health(state, reason);
    return Optional.of(health);
  }
}
