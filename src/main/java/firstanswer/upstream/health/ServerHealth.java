package firstanswer.upstream.health;

import firstanswer.config.HealthSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Rcode;

/**
 * The health of one name server, and how much the server may be asked because of it. While a server
 * is down, few queries go out between one probe and the next. The caller owns the clock: it calls
 * its unit of time a tick.
 *
 * <p>Questions change nothing. The methods that are called {@code on…} change the state and return
 * the new health if the health has changed.
 */
public final class ServerHealth {
  /** Only SERVFAIL counts as a failure: a server that refuses a name is well. */
  private static final String FAILING = "SERVFAIL";

  private final HealthSettings settings;
  private final HealthRule monitor;
  private final Backoff backoff;
  private int queriesLeft;
  private int probesInDoubt;
  private long lastAnsweredTick = -1;

  /**
   * Begins with a server that is up.
   *
   * @param random shortens the waits between probes
   */
  public ServerHealth(HealthSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.monitor = new HealthRule(settings);
    this.backoff = new Backoff(settings.probeMin(), settings.probeMax(), random);
  }

  public Health health() {
    return monitor.health();
  }

  public boolean isDown() {
    return !monitor.health().counts();
  }

  /** {@code answer} has come in time to a query that was sent at {@code sentTick}. */
  public Optional<Health> onAnswer(Answer answer, long sentTick) {
    lastAnsweredTick = Math.max(lastAnsweredTick, sentTick);
    probesInDoubt = 0;
    boolean failing = answer instanceof Answer.Failure failure && failure.says(Rcode.SERVFAIL);
    return noteChange(failing ? monitor.onFailure(FAILING) : monitor.onGood());
  }

  /**
   * No answer has come in time to a query that was sent at {@code sentTick}. This says nothing
   * about the server if the server has answered a query that was sent then or later.
   */
  public Optional<Health> onLate(long sentTick) {
    return sentTick > lastAnsweredTick ? noteChange(monitor.onLate()) : Optional.empty();
  }

  private Optional<Health> noteChange(Optional<Health> changed) {
    if (changed.isPresent()) {
      backoff.reset();
      queriesLeft = 0;
      probesInDoubt = 0;
    }
    return changed;
  }

  /** Whether one more query may be sent. */
  public boolean admitsQuery() {
    return !isDown() || queriesLeft > 0;
  }

  /** A query is sent; while the server is down, the query takes one of the few places. */
  public void onQuery() {
    if (isDown()) {
      queriesLeft--;
    }
  }

  /**
   * Whether a server that is not down needs a probe. Where few queries come, the first late query
   * would otherwise time out before enough others are late to show that the server is down.
   */
  public boolean needsProbe() {
    return !isDown() && monitor.isInDoubt() && probesInDoubt + 1 < settings.downAfter();
  }

  /** A probe is sent because {@link #needsProbe} says so. */
  public void onProbeInDoubt() {
    probesInDoubt++;
  }

  /** Begins the wait before the next probe of a server that is down, and returns its length. */
  public Duration beginWait() {
    queriesLeft = settings.queriesBetweenProbes();
    return backoff.next();
  }
}
