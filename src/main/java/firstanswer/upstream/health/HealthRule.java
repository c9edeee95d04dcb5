package firstanswer.upstream.health;

import firstanswer.config.HealthSettings;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges a name server by the messages that come from it, and by their times.
 *
 * <p>A server is down when it has sent nothing for {@code downAfter}, although it was asked and
 * probed. If twice the server's slowest recent answer is longer, that time counts instead, so a
 * server that is merely slow is not down. Only the length of the silence matters, not the number of
 * queries without an answer. Any message from the server, however late, ends the silence.
 *
 * <p>A server is also down when its host has refused queries for half a second, because nobody
 * listens at the port. One refusal is not enough, because a server that restarts refuses queries
 * for a moment.
 *
 * <p>A server is suspect after {@code suspectAfter} failures in a row, or after one failure while
 * it was down. It may still know some names. A server is also suspect after half of the silence
 * that makes it down.
 *
 * <p>The caller owns the clock, which may stand still while the server is asked nothing. A method
 * that returns a health returns it only if the health has changed.
 */
public final class HealthRule {
  private static final long NEVER = Long.MIN_VALUE;

  /**
   * The first probe goes out after half of the silence that makes a server down. The second goes
   * out after three quarters, in case the first probe is lost.
   */
  private static final int MAX_PROBES = 2;

  private static final int PARTS = 4;

  private static final long REFUSING_NANOS = Duration.ofMillis(500).toNanos();

  private final HealthSettings settings;
  private final SlowestAnswer slowest = new SlowestAnswer();
  private Health health = Health.UP;
  private int failuresInRow;
  private int probes;

  /** The time of the first query after the last message from the server. */
  private long silentSince = NEVER;

  private long refusingSince = NEVER;

  /** Begins with a server that is up. */
  public HealthRule(HealthSettings settings) {
    this.settings = settings;
  }

  public Health health() {
    return health;
  }

  /** A query is sent, or would be sent if there were a way to the server. */
  public void onAsked(long nowNanos) {
    if (silentSince == NEVER) {
      silentSince = nowNanos;
    }
  }

  /**
   * An answer has come that is not a failure.
   *
   * @param took the time since its query was first sent
   */
  public Optional<Health> onGood(Duration took, long nowNanos) {
    onHeard(took, nowNanos);
    failuresInRow = 0;
    return become(State.UP, "");
  }

  /** A failure has come, which shows that the server lives. */
  public Optional<Health> onFailure(String reason, Duration took, long nowNanos) {
    onHeard(took, nowNanos);
    failuresInRow++;
    if (failuresInRow >= settings.suspectAfter() || !health.counts()) {
      return become(State.SUSPECT, reason);
    }
    return failuresInRow == 1 ? become(State.UP, "") : Optional.empty();
  }

  private void onHeard(Duration took, long nowNanos) {
    silentSince = NEVER;
    refusingSince = NEVER;
    probes = 0;
    slowest.add(took.toNanos(), nowNanos);
  }

  /** Nobody listens at the server's port. */
  public Optional<Health> onRefused(long nowNanos) {
    if (refusingSince == NEVER) {
      refusingSince = nowNanos;
    }
    return nowNanos - refusingSince >= REFUSING_NANOS
        ? become(State.DOWN, "refused")
        : Optional.empty();
  }

  /** The server's slowest recent answer; zero if nothing is known. */
  public Duration slowest() {
    return Duration.ofNanos(slowest.nanos());
  }

  /** Whether a server that has been silent for long needs a probe now. */
  public boolean needsProbe(long nowNanos) {
    return health.counts()
        && probes < MAX_PROBES
        && silence(nowNanos) >= whileNanos() / PARTS * (PARTS / 2 + probes);
  }

  /**
   * A probe is sent because {@link #needsProbe} says so, or would be sent if there were a way to
   * the server.
   */
  public void onProbe() {
    probes++;
  }

  /**
   * Judges how long the server has been silent.
   *
   * @param why the reason of the silence, for people
   */
  public Optional<Health> onTime(String why, long nowNanos) {
    long silence = silence(nowNanos);
    if (silence >= whileNanos() && probes > 0) {
      return become(State.DOWN, why);
    }
    return silence >= whileNanos() / 2 && health.state() == State.UP
        ? become(State.SUSPECT, why)
        : Optional.empty();
  }

  private long silence(long nowNanos) {
    return silentSince == NEVER ? 0 : nowNanos - silentSince;
  }

  private long whileNanos() {
    return Math.max(settings.downAfter().toNanos(), 2 * slowest.nanos());
  }

  private Optional<Health> become(State state, String reason) {
    if (health.state() == state) {
      return Optional.empty();
    }
    health = new Health(state, reason);
    return Optional.of(health);
  }
}
