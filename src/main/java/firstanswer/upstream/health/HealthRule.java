package firstanswer.upstream.health;

import firstanswer.config.HealthSettings;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import java.util.Optional;

/**
 * Judges a name server by how it answers its queries. Each query ends in one of three ways: in time
 * with a good answer, in time with a failure, or without an answer in time, be the answer late or
 * never to come.
 *
 * <p>Several queries in a row without an answer in time make the server down: a dead server and a
 * slow one keep clients waiting alike. One good answer in time makes the server up. A server that
 * answers with failures only is suspect at worst: its answers keep no client waiting, and it may
 * still know some names.
 *
 * <p>Each {@code on…} method returns the new health if the health has changed.
 */
public final class HealthRule {
  private final HealthSettings settings;
  private Health health = Health.UP;
  private int lateInRow;
  private int failuresInRow;

  /** Begins with a server that is up. */
  public HealthRule(HealthSettings settings) {
    this.settings = settings;
  }

  public Health health() {
    return health;
  }

  /** Whether the last query ended without an answer in time. */
  public boolean isInDoubt() {
    return lateInRow > 0;
  }

  /** A good answer has come in time. */
  public Optional<Health> onGood() {
    lateInRow = 0;
    failuresInRow = 0;
    return become(State.UP, "");
  }

  /** A failure has come in time, which shows that the server can be reached. */
  public Optional<Health> onFailure(String reason) {
    lateInRow = 0;
    failuresInRow++;
    boolean doubtful = health.state() != State.UP || failuresInRow >= settings.suspectAfter();
    return doubtful ? become(State.SUSPECT, reason) : Optional.empty();
  }

  /** No answer has come in time. */
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
