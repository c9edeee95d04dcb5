package firstanswer.upstream.health;

import firstanswer.config.HealthSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What {@link ServerHealth} is to a proxy, this is to a simulated one: the product's judgement and
 * its pauses between probes, in virtual time and with chance of its own.
 */
public final class SimulatedHealth {
  private final HealthSettings settings;
  private final HealthMonitor monitor;
  private final Backoff backoff;
  private int queriesLeft;
  private long lastAnswered = -1;

  public SimulatedHealth(HealthSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.monitor = new HealthMonitor(settings);
    this.backoff = new Backoff(settings.probeMin(), settings.probeMax(), random);
  }

  public Health health() {
    return monitor.health();
  }

  /** Whether it has changed: an answer has come in time to what was sent at {@code sentAt}. */
  public boolean onAnswer(Answer answer, long sentAt) {
    lastAnswered = Math.max(lastAnswered, sentAt);
    boolean failing = answer instanceof Answer.Failure;
    return changed((failing ? monitor.onFailure("SERVFAIL") : monitor.onGood()).isPresent());
  }

  /** Whether it has changed: no answer has come in time to what was sent at {@code sentAt}. */
  public boolean onLate(long sentAt) {
    return sentAt > lastAnswered && changed(monitor.onLate().isPresent());
  }

  private boolean changed(boolean changed) {
    if (changed) {
      backoff.reset();
      queriesLeft = 0;
    }
    return changed;
  }

  /** Whether one query more may be sent. */
  public boolean admits() {
    return health().counts() || queriesLeft-- > 0;
  }

  /** A server that is down is being probed: how long until it is the next time. */
  public Duration onProbe() {
    queriesLeft = settings.queriesBetweenProbes();
    return backoff.next();
  }
}
