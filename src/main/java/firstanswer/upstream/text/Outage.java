package firstanswer.upstream.text;

import firstanswer.clock.NanoClock;
import firstanswer.config.OutageSettings;
import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.health.ConnectionRule;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;

/** Judges a server's health by its connections, and tells the watcher and the log. */
final class Outage {
  private final String upstream;
  private final NanoClock clock;
  private final OutageLog log;
  private final ConnectionRule rule;
  private Health health = Health.UP;
  private Optional<TsProxy.Watch> watch = Optional.empty();

  Outage(String upstream, OutageSettings settings, NanoClock clock, Logger log) {
    this.upstream = upstream;
    this.clock = clock;
    this.log = new OutageLog(upstream, log);
    this.rule = new ConnectionRule(settings, clock.nanos());
  }

  /** Tells the watcher the present health, unless the server is up, and each later change. */
  void watch(TsProxy.Watch newWatch) {
    watch = Optional.of(newWatch);
    if (!health.equals(Health.UP)) {
      tell();
    }
  }

  /** A connection is being made. */
  void onTry() {
    rule.onTry(clock.nanos());
  }

  /** A connection is established. */
  void onEstablished() {
    rule.onConnected().ifPresent(this::become);
  }

  /** The server has said something. */
  void onHeard() {
    rule.onUse();
  }

  /**
   * A connection has lasted. Only this ends the outage in the log, because some servers accept
   * every connection and close it at once.
   */
  void onStable() {
    rule.onUse();
    log.over();
  }

  /**
   * A connection is lost, or could not be made; {@code refused} if the server's host refused it.
   */
  void onLost(boolean refused, String reason) {
    long now = clock.nanos();
    log.lost(now, reason);
    rule.onLost(now, refused, reason).ifPresent(this::become);
  }

  /** We have closed a connection whose server has not responded {@code since} then. */
  void onGivenUp(long since, String reason) {
    long now = clock.nanos();
    log.lost(now, reason);
    rule.onGivenUp(since, now, reason).ifPresent(this::become);
  }

  /** Time has passed. */
  void onTime() {
    rule.onTime(clock.nanos()).ifPresent(this::become);
  }

  /** The time until {@link #onTime} is due; empty while there is nothing to judge. */
  Optional<Duration> untilJudged() {
    return rule.untilJudged(clock.nanos());
  }

  private void become(Health changed) {
    health = changed;
    if (!changed.counts()) {
      log.down(changed.reason());
    }
    tell();
  }

  private void tell() {
    watch.ifPresent(w -> w.watcher().tell(w.news(new UpstreamId(upstream), health)));
  }
}
