package firstanswer.race;

import firstanswer.balancer.QueryCoordinator;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.race.SimulatedProxy.Attempt;
import firstanswer.resolver.Reply;
import firstanswer.testing.Upstreams;

/**
 * The counterpart of {@link QueryCoordinator} in virtual time: carries out what the {@link Race} of
 * one query decides, and reports the same observation.
 */
final class SimulatedQuery {
  private final SimulatedBalancer balancer;
  private final Simulation simulation;
  private final DomainName name;
  private final SimulatedBalancer.Client client;
  private final long born;
  private final Attempt[] open;
  private int delays;
  private Race race;
  private boolean over;

  SimulatedQuery(SimulatedBalancer balancer, DomainName name, SimulatedBalancer.Client client) {
    this.balancer = balancer;
    this.simulation = balancer.simulation;
    this.name = name;
    this.client = client;
    this.born = simulation.now();
    this.open = new Attempt[balancer.proxies.size()];
  }

  void begin(Race.Step start) {
    simulation.in(
        start.race().terms().deadline().toNanos(),
        () -> carryOut(race.onDeadline(balancer.health(), simulation.now())));
    carryOut(start);
  }

  private void onAnswer(int upstream, Answer answer) {
    if (over) {
      return;
    }
    open[upstream] = null;
    balancer.attempts[upstream]--;
    carryOut(race.onAnswer(Upstreams.id(upstream), answer, simulation.now()));
  }

  /** Only the delay that started last counts. */
  private void onDelay(int number) {
    if (!over && number == delays) {
      boolean granted = balancer.hedgeBudget.tryTake(race.nextAttempts());
      carryOut(race.onDelay(granted, simulation.now()));
    }
  }

  private void carryOut(Race.Step step) {
    race = step.race();
    if (!step.ask().isEmpty() || step.delay().isPresent()) {
      delays++;
    }
    step.ask().forEach(id -> ask(Upstreams.number(id)));
    int number = delays;
    step.delay().ifPresent(delay -> simulation.in(delay.toNanos(), () -> onDelay(number)));
    step.reply().ifPresent(this::reply);
  }

  private void ask(int upstream) {
    balancer.attempts[upstream]++;
    open[upstream] = balancer.proxies.get(upstream).ask(name, answer -> onAnswer(upstream, answer));
  }

  private void reply(Reply reply) {
    over = true;
    for (int i = 0; i < open.length; i++) {
      if (open[i] != null) {
        open[i].forget();
        balancer.attempts[i]--;
      }
    }
    long now = simulation.now();
    balancer.ended(Observation.of(name, race.transcript(born, now), now, upstream -> false));
    client.onReply(reply, now - born);
  }
}
