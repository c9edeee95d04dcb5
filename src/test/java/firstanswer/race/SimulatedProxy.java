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
 * question once more when no answer comes in time; after five such questions in a row, the server
 * is down; then it sends probes and few questions. All settings are the defaults.
 */
final class SimulatedProxy {
  private static final Duration RETRANSMIT_AFTER = Duration.ofSeconds(1);
  private static final HealthSettings HEALTH =
      new HealthSettings(10, 5, Duration.ofSeconds(1), Duration.ofSeconds(15), 5);

  private static final DomainName PROBE = DomainName.parse("probe").orElseThrow();

  /** A question that has been sent. */
  final class Attempt {
    private final DomainName name;
    private final Consumer<Answer> replyTo;
    private final long sentAt = simulation.now();
    private boolean inTime = true;
    private boolean answered;
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
      server.ask(name, this::onAnswer);
    }

    private void onAnswer(Answer answer) {
      if (inTime && !answered && health.onAnswer(answer, sentAt)) {
        changed.run();
      }
      if (!answered && !forgotten) {
        replyTo.accept(answer);
      }
      answered = true;
    }

    private void onTimeOver() {
      inTime = false;
      if (answered) {
        return;
      }
      if (health.onLate(sentAt)) {
        changed.run();
        probe();
      }
      if (!forgotten) {
        send();
      }
    }
  }

  private final Simulation simulation;
  private final SimulatedServer server;
  private final SimulatedHealth health;
  private final Runnable changed;

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

  Attempt ask(DomainName name, Consumer<Answer> replyTo) {
    Attempt attempt = new Attempt(name, replyTo);
    if (health.admits()) {
      send(attempt);
    } else {
      simulation.in(0, () -> replyTo.accept(new Answer.Unheard(Answer.Unheard.Cause.DOWN)));
    }
    return attempt;
  }

  private void send(Attempt attempt) {
    attempt.send();
    simulation.in(RETRANSMIT_AFTER.toNanos(), attempt::onTimeOver);
  }

  private void probe() {
    if (!health().counts()) {
      simulation.in(health.onProbe().toNanos(), this::onProbe);
    }
  }

  private void onProbe() {
    if (!health().counts()) {
      Attempt probe = new Attempt(PROBE, answer -> {});
      probe.forget();
      send(probe);
      probe();
    }
  }
}
