package firstanswer.race;

import firstanswer.config.HealthSettings;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.resolver.Health;
import firstanswer.upstream.health.SimulatedHealth;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The proxy of one server at one load balancer, with the rules of the product's proxy: it sends a
 * question up to three times more while no answer comes; a server that is silent for long, and on a
 * probe, too, is down; then it sends probes and few questions. All settings are the defaults.
 */
final class SimulatedProxy {
  private static final Duration RETRANSMIT_MIN = Duration.ofMillis(200);
  private static final Duration RETRANSMIT_MAX = Duration.ofSeconds(1);
  private static final int MAX_SENDS = 4;
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration LATEST_ANSWER = Duration.ofSeconds(10);
  private static final HealthSettings HEALTH =
      new HealthSettings(
          10, Duration.ofMillis(2500), Duration.ofSeconds(1), Duration.ofSeconds(15), 5);

  private static final DomainName PROBE = DomainName.parse("probe").orElseThrow();

  /** A question that has been sent. */
  final class Attempt {
    private final DomainName name;
    private final Consumer<Answer> replyTo;
    private final long sentAt = simulation.now();
    private int sends;
    private boolean over;
    private boolean forgotten;

    private Attempt(DomainName name, Consumer<Answer> replyTo) {
      this.name = name;
      this.replyTo = replyTo;
    }

    /** Nobody waits for the answer any longer. The server works on all the same. */
    void forget() {
      forgotten = true;
    }

    private void send() {
      sends++;
      server.ask(name, this::onAnswer);
      if (sends < MAX_SENDS) {
        long interval = Math.min(retransmitNanos() << (sends - 1), RETRANSMIT_MAX.toNanos());
        simulation.in(interval, this::onInterval);
      }
    }

    private void onInterval() {
      if (!over && !forgotten) {
        send();
      }
    }

    private void onAnswer(Answer answer) {
      if (over) {
        return;
      }
      end();
      if (health.onAnswer(answer, simulation.now() - sentAt, simulation.now())) {
        changed.run();
      }
      if (!forgotten) {
        replyTo.accept(answer);
      }
    }

    private void onTooLate() {
      if (!over) {
        end();
      }
    }

    private void end() {
      over = true;
      open--;
    }
  }

  private final Simulation simulation;
  private final SimulatedServer server;
  private final SimulatedHealth health;
  private final Runnable changed;
  private int open;
  private boolean ticking;

  /** Calls {@code changed} when the health of {@code server} has changed. */
  SimulatedProxy(
      Simulation simulation, SimulatedServer server, RandomGenerator random, Runnable changed) {
    this.simulation = simulation;
    this.server = server;
    this.health = new SimulatedHealth(HEALTH, random);
    this.changed = changed;
  }

  Health health() {
    return health.health();
  }

  private long retransmitNanos() {
    long twice = health.twiceTheSlowest().toNanos();
    return Math.min(Math.max(twice, RETRANSMIT_MIN.toNanos()), RETRANSMIT_MAX.toNanos());
  }

  Attempt ask(DomainName name, Consumer<Answer> replyTo) {
    Attempt attempt = new Attempt(name, replyTo);
    if (health.admits(simulation.now())) {
      begin(attempt);
    } else {
      simulation.in(0, () -> replyTo.accept(new Answer.Unheard(Answer.Unheard.Cause.DOWN)));
    }
    return attempt;
  }

  private void begin(Attempt attempt) {
    open++;
    simulation.in(LATEST_ANSWER.toNanos(), attempt::onTooLate);
    attempt.send();
    if (!ticking) {
      ticking = true;
      simulation.in(TICK.toNanos(), this::onTick);
    }
  }

  private void onTick() {
    if (health.onTime(simulation.now())) {
      changed.run();
      probeLater();
    }
    if (health.takeProbe(simulation.now())) {
      probe();
    }
    ticking = open > 0;
    if (ticking) {
      simulation.in(TICK.toNanos(), this::onTick);
    }
  }

  private void probeLater() {
    if (!health().counts()) {
      simulation.in(health.onProbe().toNanos(), this::onProbe);
    }
  }

  private void onProbe() {
    if (!health().counts()) {
      probe();
      probeLater();
    }
  }

  private void probe() {
    Attempt probe = new Attempt(PROBE, answer -> {});
    probe.forget();
    begin(probe);
  }
}
