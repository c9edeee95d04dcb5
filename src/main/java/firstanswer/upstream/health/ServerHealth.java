package firstanswer.upstream.health;

import firstanswer.config.HealthSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Rcode;

/**
 * The health of one name server, and the queries that the server may get. While a server is down,
 * few queries go out between two probes.
 *
 * <p>The caller owns the clock. A method that returns a health returns it only if the health has
 * changed.
 */
public final class ServerHealth {
  /**
   * The reason after SERVFAIL, the only failure that counts: a server that refuses a name is well.
   */
  private static final String FAILING = "SERVFAIL";

  private final HealthSettings settings;
  private final HealthRule rule;
  private final Backoff backoff;
  private int queriesLeft;

  /**
   * Begins with a server that is up.
   *
   * @param random shortens the waits between probes
   */
  public ServerHealth(HealthSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.rule = new HealthRule(settings);
    this.backoff = new Backoff(settings.probeMin(), settings.probeMax(), random);
  }

  public Health health() {
    return rule.health();
  }

  public boolean isDown() {
    return !rule.health().counts();
  }

  /** The server's slowest recent answer; zero if nothing is known. */
  public Duration slowest() {
    return rule.slowest();
  }

  /**
   * {@code answer} has come.
   *
   * @param took the time since its query was first sent
   */
  public Optional<Health> onAnswer(Answer answer, Duration took, long nowNanos) {
    boolean failing = answer instanceof Answer.Failure failure && failure.says(Rcode.SERVFAIL);
    return noteChange(
        failing ? rule.onFailure(FAILING, took, nowNanos) : rule.onGood(took, nowNanos));
  }

  /** Nobody listens at the server's port. */
  public Optional<Health> onRefused(long nowNanos) {
    return noteChange(rule.onRefused(nowNanos));
  }

  /**
   * Judges how long the server has been silent.
   *
   * @param why the reason of the silence, for people
   */
  public Optional<Health> onTime(String why, long nowNanos) {
    return noteChange(rule.onTime(why, nowNanos));
  }

  private Optional<Health> noteChange(Optional<Health> changed) {
    if (changed.isPresent()) {
      backoff.reset();
      queriesLeft = 0;
    }
    return changed;
  }

  /** A query is sent, or would be sent if there were a way to the server. */
  public void onAsked(long nowNanos) {
    rule.onAsked(nowNanos);
  }

  /** Whether one more query may be sent. */
  public boolean admitsQuery() {
    return !isDown() || queriesLeft > 0;
  }

  /** A query is sent; while the server is down, the query takes one of the few places. */
  public void onQuery(long nowNanos) {
    rule.onAsked(nowNanos);
    if (isDown()) {
      queriesLeft--;
    }
  }

  /** Whether a server that has been silent for long needs a probe now. */
  public boolean needsProbe(long nowNanos) {
    return rule.needsProbe(nowNanos);
  }

  /** A probe is sent because {@link #needsProbe} says so. */
  public void onProbe() {
    rule.onProbe();
  }

  /** Begins the wait before the next probe of a server that is down, and returns its length. */
  public Duration beginWait() {
    queriesLeft = settings.queriesBetweenProbes();
    return backoff.next();
  }
}
