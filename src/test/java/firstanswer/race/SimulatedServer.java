package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A name server that works on one question at a time, in the order of arrival. A DNS server cannot
 * be told over UDP that an answer is no longer needed, so an attempt that has lost its race takes
 * as long as one that has won.
 */
final class SimulatedServer {
  /** The datagrams that the receive buffer of a socket usually holds; further ones are lost. */
  private static final int MAX_QUEUED = 256;

  /**
   * The behaviour of a server.
   *
   * @param work the time that it works on a question
   * @param delay the time from then until the answer arrives; it delays no other question
   * @param lostShare the share of its answers that are lost, 0 to 1
   * @param table its answers
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

  /** The number of questions that have come. */
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
