package firstanswer.upstream.dns;

import firstanswer.config.DnsUpstreamSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import firstanswer.upstream.health.ServerHealth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The clock of an {@link Exchange}, and all that depends on time: the queries to send once more,
 * and the health of the server. The clock ticks only while an answer may come. The class needs two
 * timers: the ticks, and the pause between two probes while the server is down.
 */
final class ServerWatch {
  private static final Duration TICK = Duration.ofMillis(50);

  /** The age of a query after which an answer shows nothing of the server. */
  static final Duration LATEST_ANSWER = Duration.ofSeconds(10);

  private final DnsUpstreamSettings settings;
  private final Effects effects;
  private final ServerHealth health;
  private final Unanswered unanswered = new Unanswered();
  private boolean ticking;
  private boolean probeTimerRuns;
  private long tick;

  /** The time of the last tick whose earlier messages are all handled. */
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

  /** The query goes out over UDP, for the first time or once more. */
  void onSend(Transaction transaction) {
    health.onAsked(nowNanos());
    unanswered.addSent(transaction, nowNanos());
  }

  /** A probe goes out. */
  void onProbe(Transaction probe) {
    startTicks();
    unanswered.addProbe(probe, nowNanos());
  }

  /** Nobody waits for the answer any more; true if the answer may still come over UDP. */
  boolean forget(Transaction transaction) {
    return unanswered.forget(transaction);
  }

  /** The transaction goes on elsewhere, or is over. */
  void drop(Transaction transaction) {
    unanswered.remove(transaction);
  }

  /** An answer has come over UDP. */
  void onAnswer(Transaction transaction, Answer answer) {
    unanswered.remove(transaction);
    onHeard(answer, Duration.ofNanos(nowNanos() - transaction.firstSentNanos()));
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

  /** Removes and returns the transactions whose queries are to be sent once more. */
  List<Transaction> removeDue() {
    return unanswered.removeDue(handled, retransmitNanos(), settings.retransmitMax().toNanos());
  }

  /** Twice the server's slowest recent answer, within the limits of the settings. */
  private long retransmitNanos() {
    long twice = 2 * health.slowest().toNanos();
    return Math.min(
        Math.max(twice, settings.retransmitMin().toNanos()), settings.retransmitMax().toNanos());
  }

  /** Removes and returns the transactions whose answers would be too late to show anything. */
  List<Transaction> removeForgotten() {
    return unanswered.removeForgotten(handled, LATEST_ANSWER.toNanos());
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
