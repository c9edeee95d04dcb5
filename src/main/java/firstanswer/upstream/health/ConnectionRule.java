package firstanswer.upstream.health;

import firstanswer.config.OutageSettings;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges a server by its connections alone. A server of the text protocol may say "no" by silence,
 * so silence does not show that the server is down.
 *
 * <p>A connection is of use when the server says something over it, or when the connection lasts.
 * The server is down in two cases: when it has refused connections for {@code refusedFor}, at least
 * twice; or when no connection has been of use for {@code unreachedFor}, and two tries have failed
 * or the current try has lasted {@code refusedFor}. So a first loss changes nothing, nor does the
 * short refusal of a server that restarts. A server that accepts a connection is up at once, even
 * if it has hung up every time before.
 *
 * <p>All times are readings of one clock, in nanoseconds. Each method that returns a health returns
 * it only if it has changed.
 */
public final class ConnectionRule {
  private static final int TRIES = 2;

  private final OutageSettings settings;
  private boolean connected;
  private boolean ofUse;
  private boolean down;
  private long uselessSince;
  private long tryBegan;
  private int failures;
  private int refusals;
  private long refusedSince;
  private String reason = "";

  /** Begins with a server that is up, and to which no connection has been made yet. */
  public ConnectionRule(OutageSettings settings, long now) {
    this.settings = settings;
    this.uselessSince = now;
    this.tryBegan = now;
  }

  /** A connection is being made. */
  public void onTry(long now) {
    tryBegan = now;
  }

  /** The server has accepted a connection. */
  public Optional<Health> onConnected() {
    connected = true;
    if (!down) {
      return Optional.empty();
    }
    down = false;
    return Optional.of(Health.UP);
  }

  /** The connection is of use: the server has said something, or the connection has lasted. */
  public void onUse() {
    ofUse = true;
    failures = 0;
    refusals = 0;
  }

  /**
   * The connection is gone, or could not be made.
   *
   * @param refused whether the server's host refused the connection
   * @param why the reason, for people
   */
  public Optional<Health> onLost(long now, boolean refused, String why) {
    if (ofUse) {
      uselessSince = now;
    } else {
      failures++;
    }
    if (refused && refusals++ == 0) {
      refusedSince = now;
    }
    return disconnected(now, why);
  }

  /**
   * We have closed a connection because the server no longer responds.
   *
   * @param since when the server stopped responding; the connection has been of no use since then
   */
  public Optional<Health> onGivenUp(long since, long now, String why) {
    uselessSince = since;
    failures = 1;
    refusals = 0;
    return disconnected(now, why);
  }

  private Optional<Health> disconnected(long now, String why) {
    connected = false;
    ofUse = false;
    reason = why;
    return onTime(now);
  }

  /** Judges the server by the time that has passed. */
  public Optional<Health> onTime(long now) {
    if (connected || down || !(isRefusing(now) || isUseless(now))) {
      return Optional.empty();
    }
    down = true;
    return Optional.of(new Health(Health.State.DOWN, "no connection: " + reason));
  }

  private boolean isRefusing(long now) {
    return refusals >= TRIES && now - refusedSince >= settings.refusedFor().toNanos();
  }

  private boolean isUseless(long now) {
    return now - judgedAt() >= 0;
  }

  /** The time at which the server is down, unless a connection comes before. */
  private long judgedAt() {
    long useless = uselessSince + settings.unreachedFor().toNanos();
    long tried = tryBegan + settings.refusedFor().toNanos();
    return failures >= TRIES || tried - useless < 0 ? useless : tried;
  }

  /** The time until {@link #onTime} is due; empty while there is nothing to judge. */
  public Optional<Duration> untilJudged(long now) {
    return connected || down
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, judgedAt() - now)));
  }
}
