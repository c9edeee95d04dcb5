package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A name server that works on one question at a time, in the order in which they came. It does not
 * know when an answer is no longer needed: a DNS server cannot be told over UDP, and so an attempt
 * that has lost its race takes as long as one that has won.
 */
final class SimulatedServer {
  /** As many datagrams as the receive buffer of a socket mostly holds; what comes then is lost. */
  private static final int MAX_QUEUED = 256;

  /**
   * How it is.
   *
   * @param work what a question takes of its time
   * @param delay what passes then until the answer is there, which keeps no other question waiting
   * @param lostShare how many of its answers are lost, 0 to 1
   * @param table what it says
   */
  record Manner(
      ServiceTime work, ServiceTime delay, double lostShare, Function<DomainName, Answer> table) {}

  private final Simulation simulation;
  private final Manner manner;
  private final RandomGenerator random;
  private long freeAt;
  private int queued;
  private long asked;

  SimulatedServer(Simulation simulation, Manner manner, RandomGenerator random) {
    this.simulation = simulation;
    this.manner = manner;
    this.random = random;
  }

  /** How many questions have come. */
  long asked() {
    return asked;
  }

  void ask(DomainName name, Consumer<Answer> replyTo) {
    asked++;
    if (queued == MAX_QUEUED) {
      return;
    }
    queued++;
    freeAt = Math.max(simulation.now(), freeAt) + manner.work().sample(random);
    simulation.in(freeAt - simulation.now(), () -> done(name, replyTo));
  }

  private void done(DomainName name, Consumer<Answer> replyTo) {
    queued--;
    if (random.nextDouble() >= manner.lostShare()) {
      Answer answer = manner.table().apply(name);
      simulation.in(manner.delay().sample(random), () -> replyTo.accept(answer));
    }
  }
}
