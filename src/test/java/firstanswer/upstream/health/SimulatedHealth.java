package firstanswer.upstream.health;

import firstanswer.config.HealthSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The product's {@link ServerHealth} for a simulated proxy, in virtual time and with random numbers
 * that the simulation can repeat.
 */
public final class SimulatedHealth {
  private final ServerHealth health;

  public SimulatedHealth(HealthSettings settings, RandomGenerator random) {
    this.health = new ServerHealth(settings, random);
  }

  public Health health() {
    return health.health();
  }

  /** Twice the time that the server takes. */
  public Duration twiceTheSlowest() {
    return health.slowest().multipliedBy(2);
  }

  /** An answer has come; returns whether health changed. */
  public boolean onAnswer(Answer answer, long tookNanos, long nowNanos) {
    return health.onAnswer(answer, Duration.ofNanos(tookNanos), nowNanos).isPresent();
  }

  /** Judges the silence of the server; returns whether health changed. */
  public boolean onTime(long nowNanos) {
    return health.onTime("silent", nowNanos).isPresent();
  }

  /** Whether a probe must follow at once. */
  public boolean takeProbe(long nowNanos) {
    boolean needed = health.needsProbe(nowNanos);
    if (needed) {
      health.onProbe();
    }
    return needed;
  }

  /** Takes the place of one more query, if there is one. */
  public boolean admits(long nowNanos) {
    boolean admitted = health.admitsQuery();
    if (admitted) {
      health.onQuery(nowNanos);
    }
    return admitted;
  }

  /** Begins the wait before the next probe of a server that is down. */
  public Duration onProbe() {
    return health.beginWait();
  }
}
