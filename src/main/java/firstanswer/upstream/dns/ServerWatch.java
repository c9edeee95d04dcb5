package firstanswer.upstream.dns;

import firstanswer.config.DnsUpstreamSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import firstanswer.upstream.health.ServerHealth;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The clock of an {@link Exchange}, and the health of the server, which depends on time. The clock
 * ticks only while an answer may come. The class needs two timers: the ticks, and the pause between
 * two probes while the server is down.
 */
final class ServerWatch {
  private static final Duration TICK = Duration.ofMillis(50);

  /** The age of a query after which an answer shows nothing of the server. */
  static final Duration LATEST_ANSWER = Duration.ofSeconds(10);

  private final DnsUpstreamSettings settings;
  private final Effects effects;
  private final ServerHealth health;
  private boolean ticking;
  private boolean probeTimerRuns;
  private long tick;
  private long handled;

  /**
   * Begins with a server that is up, and without timers.
   *
   * @param jitter shortens the waits between probes
   * @param effects takes the effects to carry out
   */
  ServerWatch(DnsUpstreamSettings settings, RandomGenerator jitter, Effects effects) {
    this.settings = settings;
    this.effects = effects;
    this.health = new ServerHealth(settings.health(), jitter);
  }

  Health health() {
    return health.health();
  }

  boolean isDown() {
    return health.isDown();
  }

  /** The time of the clock, which stands still while no answer may come. */
  long nowNanos() {
    return tick * TICK.toNanos();
  }

  /** The ticks since {@code nanos}, a time of {@link #nowNanos}. */
  long ticksSince(long nanos) {
    return (nowNanos() - nanos) / TICK.toNanos();
  }

  boolean admitsQuery() {
    return health.admitsQuery();
  }

  /** The server is to be asked, even if there is no way to it yet. */
  void onQuery() {
    startTicks();
    health.onQuery(nowNanos());
  }

  private void startTicks() {
    if (!ticking) {
      ticking = true;
      tick++;
      effects.add(new Effect.StartTicks(TICK));
    }
  }

  /** A query goes out over UDP, for the first time or once more. */
  void onSend() {
    health.onAsked(nowNanos());
  }

  /** A probe goes out. */
  void onProbe() {
    startTicks();
  }

  /** An answer has come over UDP to a query that was sent at {@code sentNanos}. */
  void onAnswer(Answer answer, long sentNanos) {
    onHeard(answer, Duration.ofNanos(nowNanos() - sentNanos));
  }

  /** An answer has come over TCP; its time tells nothing, because it waited for a connection. */
  void onAnswerOverTcp(Answer answer) {
    onHeard(answer, Duration.ZERO);
  }

  /** Nobody listens at the server's port. */
  void onRefused() {
    note(health.onRefused(nowNanos()));
  }

  private void onHeard(Answer answer, Duration took) {
    note(health.onAnswer(answer, took, nowNanos()));
    if (probeTimerRuns && !health.isDown()) {
      probeTimerRuns = false;
      effects.add(new Effect.StopProbeTimer());
    }
  }

  private void note(Optional<Health> changed) {
    changed.ifPresent(to -> effects.add(new Effect.ChangeHealth(to)));
  }

  /**
   * A tick is over. The server is judged only after the messages that have arrived by now are
   * handled; otherwise our own backlog would count against the server.
   */
  void onTick() {
    tick++;
    effects.add(new Effect.HandleQueueFirst(tick));
  }

  /**
   * The messages that arrived before the tick {@code now} are handled: judges the server.
   *
   * @param whySilent the reason of a silence, for people
   */
  void onTickHandled(long now, String whySilent) {
    handled = now * TICK.toNanos();
    note(health.onTime(whySilent, handled));
  }

  /**
   * The wait before a query is sent again: twice the server's slowest recent answer, within the
   * limits of the settings.
   */
  long retransmitNanos() {
    long twice = 2 * health.slowest().toNanos();
    return Math.min(Math.max(twice, settings.retransmitMin().toNanos()), maxRetransmitNanos());
  }

  /** The longest wait before a query is sent again. */
  long maxRetransmitNanos() {
    return settings.retransmitMax().toNanos();
  }

  /** The time of the last tick whose earlier messages are all handled. */
  long handledNanos() {
    return handled;
  }

  /** Whether a server that is not down needs a probe; if so, the caller must send the probe. */
  boolean takeProbe() {
    boolean needed = health.needsProbe(handled);
    if (needed) {
      health.onProbe();
    }
    return needed;
  }

  /**
   * Starts or stops timers after all other work.
   *
   * @param awaiting whether any answer may still come
   */
  void adjustTimers(boolean awaiting) {
    if (ticking && !awaiting) {
      ticking = false;
      effects.add(new Effect.StopTicks());
    }
    if (health.isDown() && !probeTimerRuns) {
      startProbeTimer();
    }
  }

  private void startProbeTimer() {
    probeTimerRuns = true;
    effects.add(new Effect.StartProbeTimer(health.beginWait()));
  }

  /** The wait between two probes is over; a server that is down gets the next wait. */
  void onProbeDue() {
    probeTimerRuns = false;
    if (health.isDown()) {
      startProbeTimer();
    }
  }
}
