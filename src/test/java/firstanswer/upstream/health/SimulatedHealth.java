package firstanswer.upstream.health;

import firstanswer.config.HealthSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The product's {@link ServerHealth} for a simulated proxy, in virtual time (a tick is a
 * nanosecond) and with random numbers that the simulation can repeat.
 */
public final class SimulatedHealth {
  private final ServerHealth health;

  public SimulatedHealth(HealthSettings settings, RandomGenerator random) {
    this.health = new ServerHealth(settings, random);
  }

  public Health health() {
    return health.health();
  }

  /** An answer has come in time to a query of {@code sentAt}; returns whether health changed. */
  public boolean onAnswer(Answer answer, long sentAt) {
    return health.onAnswer(answer, sentAt).isPresent();
  }

  /** No answer has come in time to a query of {@code sentAt}; returns whether health changed. */
  public boolean onLate(long sentAt) {
    return health.onLate(sentAt).isPresent();
  }

  /** Takes the place of one more query, if there is one. */
  public boolean admits() {
    boolean admitted = health.admitsQuery();
    if (admitted) {
      health.onQuery();
    }
    return admitted;
  }

  /** Begins the wait before the next probe of a server that is down. */
  public Duration onProbe() {
    return health.beginWait();
  }
}
