package firstanswer.upstream.health;

import akka.actor.typed.ActorRef;
import firstanswer.config.HealthSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.xbill.DNS.Rcode;

/**
 * The health of a name server and what follows from it: each change is logged and told to whoever
 * watches, and while the server is down, it is asked few queries between one probe and the next.
 */
public final class ServerHealth {
  /** A server that refuses a name, or knows none of its kind, is well. */
  private static final String FAILING = "SERVFAIL";

  private final UpstreamId id;
  private final HealthSettings settings;
  private final HealthMonitor monitor;
  private final Backoff backoff;
  private final Logger log;
  private Optional<ActorRef<TsProxy.HealthChanged>> watch = Optional.empty();
  private int queriesLeft;
  private int askedInDoubt;
  private long lastAnsweredTick = -1;

  /** Of a server called {@code id}, which is up. */
  public ServerHealth(UpstreamId id, HealthSettings settings, Logger log) {
    this.id = id;
    this.settings = settings;
    this.monitor = new HealthMonitor(settings);
    this.backoff =
        new Backoff(settings.probeMin(), settings.probeMax(), ThreadLocalRandom.current());
    this.log = log;
  }

  /** From now on, tells of changes. */
  public void tell(TsProxy.Watch message) {
    watch = Optional.of(message.watcher());
    message.watcher().tell(new TsProxy.HealthChanged(id, monitor.health()));
  }

  /** {@code answer} has come in time to a query that was sent at {@code sentTick}. */
  public void onAnswer(Answer answer, long sentTick) {
    lastAnsweredTick = Math.max(lastAnsweredTick, sentTick);
    askedInDoubt = 0;
    boolean failing = answer instanceof Answer.Failure failure && failure.says(Rcode.SERVFAIL);
    (failing ? monitor.onFailure(FAILING) : monitor.onGood()).ifPresent(this::change);
  }

  /**
   * The time for an answer to a query that was sent at {@code sentTick} is over. If others have
   * been answered that were sent then or later, that is for the query to worry about.
   */
  public void onLate(long sentTick) {
    if (sentTick > lastAnsweredTick) {
      monitor.onLate().ifPresent(this::change);
    }
  }

  private void change(Health health) {
    switch (health.state()) {
      case UP -> log.warn("{}: up again", id);
      case SUSPECT -> log.warn("{}: suspect: {}", id, health.reason());
      case DOWN -> log.warn("{}: down: {}", id, health.reason());
    }
    backoff.reset();
    queriesLeft = 0;
    askedInDoubt = 0;
    watch.ifPresent(watcher -> watcher.tell(new TsProxy.HealthChanged(id, health)));
  }

  /**
   * Whether to ask on our own account. Where few queries come, the first that is late would have to
   * wait for the others that it takes to know that the server is down, and time out.
   */
  public boolean isWorthAsking() {
    return !isDown() && monitor.isInDoubt() && ++askedInDoubt < settings.downAfter();
  }

  public boolean isDown() {
    return !monitor.health().counts();
  }

  /** Whether one query more may be sent. */
  public boolean admits() {
    return !isDown() || queriesLeft-- > 0;
  }

  /** A server that is down is being probed: how long until it is the next time. */
  public Duration onProbe() {
    queriesLeft = settings.queriesBetweenProbes();
    return backoff.next();
  }
}
