package firstanswer.upstream.dns;

import firstanswer.config.DnsUpstreamSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import firstanswer.upstream.health.ServerHealth;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Watches whether the server of an {@link Exchange} answers in time, and wants timers: ticks while
 * an answer can still come in time, and a probe timer while the server is down.
 */
final class ServerWatch {
  /** How many ticks make up the time until a query is sent once more. */
  private static final int TICKS = 10;

  private final DnsUpstreamSettings settings;
  private final Effects effects;
  private final ServerHealth health;
  private final Unanswered unanswered = new Unanswered(TICKS);
  private boolean ticking;
  private boolean probeTimerRuns;
  private long tick;

  /**
   * Begins with a server that is up, and without timers.
   *
   * @param jitter shortens the waits between probes
   * @param effects takes what is to be done
   */
  ServerWatch(DnsUpstreamSettings settings, RandomGenerator jitter, Effects effects) {
    this.settings = settings;
    this.effects = effects;
    this.health = new ServerHealth(settings.health(), jitter);
  }

  Health health() {
    return health.health();
  }

  boolean admitsQuery() {
    return health.admitsQuery();
  }

  void onQuery() {
    health.onQuery();
  }

  /** The query goes out over UDP, and the time for its answer begins. */
  void onSend(Transaction transaction) {
    if (!ticking) {
      ticking = true;
      // Any query from now on is later than all queries that were answered before.
      tick++;
      effects.add(new Effect.StartTicks(settings.retransmitAfter().dividedBy(TICKS)));
    }
    unanswered.add(transaction, tick);
  }

  /** Whether an answer to the query can still come in time. */
  boolean awaits(Transaction transaction) {
    return unanswered.contains(transaction);
  }

  /** An answer counts no longer for the health of the server. */
  void drop(Transaction transaction) {
    unanswered.remove(transaction);
  }

  /** An answer has come, in time or not. */
  void onAnswer(Transaction transaction, Answer answer) {
    if (!unanswered.remove(transaction)) {
      return;
    }
    health.onAnswer(answer, transaction.sentTick()).ifPresent(this::changeHealth);
    if (probeTimerRuns && !health.isDown()) {
      probeTimerRuns = false;
      effects.add(new Effect.StopProbeTimer());
    }
  }

  private void changeHealth(Health changed) {
    effects.add(new Effect.ChangeHealth(changed));
  }

  /**
   * A tick is over. Queries are judged only after the messages that have arrived by now are
   * handled; otherwise our own backlog would count against the server.
   */
  void onTick() {
    tick++;
    effects.add(new Effect.HandleQueueFirst(tick));
  }

  /** Removes and returns the queries that have had no answer in time by {@code now}, a tick. */
  List<Transaction> removeLate(long now) {
    List<Transaction> late = unanswered.removeLate(now);
    late.forEach(t -> health.onLate(t.sentTick()).ifPresent(this::changeHealth));
    return late;
  }

  /** Whether a server that is not down needs a probe. */
  boolean needsProbe() {
    return health.needsProbe();
  }

  /** A probe is sent because {@link #needsProbe} says so. */
  void onProbeInDoubt() {
    health.onProbeInDoubt();
  }

  /** All that a tick brings is done. */
  void adjustTimers() {
    if (ticking && unanswered.isEmpty()) {
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

  boolean isDown() {
    return health.isDown();
  }
}
