package firstanswer.upstream.text;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.clock.NanoClock;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.TextUpstreamSettings;
import firstanswer.transport.tcp.FailureReason;
import firstanswer.transport.tcp.OutgoingConnection;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.health.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps one connection to a server: replaces a lost connection, and gives up a connection whose
 * server no longer responds. The owner of the link is an actor, which passes the messages of the
 * connection and of the timers to the link.
 *
 * <p>A host that vanishes closes nothing, and TCP repeats the bytes for a quarter of an hour. So
 * when names were sent and nothing has come back for a while, the link probes the server with
 * another connection. If the host answers, with a connection or a refusal, the server is only
 * silent, which may be its "no".
 */
final class ServerLink {

  /** The messages of the timers that this class starts. */
  enum Timer implements TsProxy.Message {
    CONNECT,
    STABLE,
    JUDGE,
    PROBE
  }

  /** An event of the connection. */
  record OnConnection(OutgoingConnection.Event<TextMessage> event) implements TsProxy.Message {}

  /**
   * The probe is over.
   *
   * @param connection the number of the connection under suspicion
   * @param failure why the host of the server has not answered; empty if the host has answered
   */
  record Probed(long connection, Optional<String> failure) implements TsProxy.Message {}

  private final ActorContext<TsProxy.Message> context;
  private final TimerScheduler<TsProxy.Message> timers;
  private final TextServer server;
  private final TextUpstreamSettings settings;
  private final NanoClock clock;
  private final Backoff backoff;
  private final Outage outage;
  private final Silence silence;
  private OutgoingConnection<String> connection;
  private long connections;
  private boolean established;
  private OptionalLong givenUpSince = OptionalLong.empty();

  ServerLink(
      ActorContext<TsProxy.Message> context,
      TimerScheduler<TsProxy.Message> timers,
      TextServer server,
      TextUpstreamSettings settings,
      NanoClock clock) {
    this.context = context;
    this.timers = timers;
    this.server = server;
    this.settings = settings;
    this.clock = clock;
    this.backoff =
        new Backoff(settings.reconnectMin(), settings.reconnectMax(), ThreadLocalRandom.current());
    this.outage = new Outage(server.name(), settings.outage(), clock, context.getLog());
    this.silence = new Silence(settings.outage().probeAfter());
  }

  /** The connection; {@link #isEstablished} says whether it can be used. */
  OutgoingConnection<String> connection() {
    return connection;
  }

  boolean isEstablished() {
    return established;
  }

  /** Tells the watcher of each change of the server's health from now on. */
  void watch(TsProxy.Watch watch) {
    outage.watch(watch);
  }

  /** Begins to make a connection. */
  void connect() {
    connections++;
    outage.onTry();
    judgeLater();
    connection =
        OutgoingConnection.open(
            server.connection(),
            settings.maxPending(),
            context.getSystem(),
            context.getSelf(),
            OnConnection::new);
  }

  /** The connection stands. */
  void onEstablished() {
    established = true;
    outage.onEstablished();
    timers.cancel(Timer.JUDGE);
    timers.startSingleTimer(Timer.STABLE, settings.reconnectMax());
  }

  /** The connection has lasted. */
  void onStable() {
    backoff.reset();
    outage.onStable();
  }

  /** Names have been sent. */
  void onSent() {
    if (server.mayBeProbed() && !silence.lasts()) {
      silence.begin(clock.nanos());
      if (!timers.isTimerActive(Timer.PROBE)) {
        timers.startSingleTimer(Timer.PROBE, settings.outage().probeAfter());
      }
    }
  }

  /** The server has said something. */
  void onHeard() {
    silence.end();
    outage.onHeard();
  }

  /** The timer of the probe is over. Meanwhile, the silence may be over, too. */
  void onProbeTimer() {
    Optional<Duration> left = silence.left(clock.nanos());
    if (left.isEmpty()) {
      return;
    }
    if (!left.get().isZero()) {
      timers.startSingleTimer(Timer.PROBE, left.get());
      return;
    }
    long number = connections;
    context.pipeToSelf(server.probe(), (done, failure) -> new Probed(number, unanswered(failure)));
  }

  /** Why the host has not answered; empty if the host has answered, or if its name is unknown. */
  private static Optional<String> unanswered(Throwable failure) {
    return failure == null
            || FailureReason.isRefusal(failure)
            || FailureReason.isUnknownHost(failure)
        ? Optional.empty()
        : Optional.of(FailureReason.of(failure));
  }

  /** The probe is over. */
  void onProbed(Probed probe) {
    if (probe.connection() != connections || !established || !silence.lasts()) {
      return;
    }
    if (probe.failure().isPresent()) {
      givenUpSince = OptionalLong.of(silence.since());
      connection.abort("silent, and another connection fails: " + probe.failure().get());
    }
    silence.end();
  }

  /** The connection is gone, or could not be made. */
  void onLost(OutgoingConnection.Closed<?> closed) {
    established = false;
    silence.end();
    timers.cancel(Timer.STABLE);
    timers.cancel(Timer.PROBE);
    if (givenUpSince.isPresent()) {
      outage.onGivenUp(givenUpSince.getAsLong(), closed.reason());
      givenUpSince = OptionalLong.empty();
      connect();
    } else {
      outage.onLost(closed.refused(), closed.reason());
      timers.startSingleTimer(Timer.CONNECT, backoff.next());
      judgeLater();
    }
  }

  /** The time to judge an unreachable server has come. */
  void onJudge() {
    outage.onTime();
    judgeLater();
  }

  private void judgeLater() {
    outage.untilJudged().ifPresent(left -> timers.startSingleTimer(Timer.JUDGE, left));
  }

  /** Says {@code farewell} and closes. */
  void leave(String farewell) {
    connection.leave(farewell);
  }
}
