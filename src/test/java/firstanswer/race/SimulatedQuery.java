package firstanswer.race;

import firstanswer.balancer.QueryCoordinator;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.race.Experience.Outcome;
import firstanswer.race.Experience.Sample;
import firstanswer.race.SimulatedProxy.Attempt;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link QueryCoordinator} and {@link Attempts} are to actors: carries out what the {@link
 * Race} of one query decides, and takes the same samples.
 */
final class SimulatedQuery {
  private final SimulatedBalancer balancer;
  private final Simulation simulation;
  private final DomainName name;
  private final SimulatedBalancer.Client client;
  private final long born;
  private final Attempt[] open;
  private final long[] began;
  private final List<Sample> samples = new ArrayList<>();
  private long lastBegan;
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
    this.began = new long[open.length];
  }

  void begin(Race.Step start) {
    simulation.in(start.race().terms().deadline().toNanos(), () -> carryOut(race.onDeadline()));
    List<Health> health = start.race().health();
    carryOut(start);
    if (!health.stream().allMatch(Health::counts)) {
      simulation.in(0, () -> onHealth(health));
    }
  }

  void onHealth(List<Health> health) {
    carryOut(race.onHealth(health));
  }

  private void onAnswer(int upstream, Answer answer) {
    if (over) {
      return;
    }
    if (answer instanceof Answer.Positive || answer instanceof Answer.Negative) {
      samples.add(sample(upstream, false));
    }
    open[upstream] = null;
    balancer.attempts[upstream]--;
    carryOut(race.onAnswer(upstream, answer));
  }

  /** Only the delay that began last counts. */
  private void onDelay(int number) {
    if (!over && number == delays) {
      carryOut(race.onDelay(balancer.hedgeBudget.tryTake(race.nextAttempts())));
    }
  }

  private void carryOut(Race.Step step) {
    race = step.race();
    if (!step.ask().isEmpty() || step.delay().isPresent()) {
      delays++;
    }
    step.ask().forEach(this::ask);
    int number = delays;
    step.delay().ifPresent(delay -> simulation.in(delay.toNanos(), () -> onDelay(number)));
    step.reply().ifPresent(this::reply);
  }

  private void ask(int upstream) {
    began[upstream] = simulation.now();
    lastBegan = simulation.now();
    balancer.attempts[upstream]++;
    open[upstream] = balancer.proxies.get(upstream).ask(name, answer -> onAnswer(upstream, answer));
  }

  private Sample sample(int upstream, boolean overtaken) {
    Duration took = Duration.ofNanos(simulation.now() - began[upstream]);
    return new Sample(upstream, took, overtaken);
  }

  private void reply(Answer answer) {
    over = true;
    for (int i = 0; i < open.length; i++) {
      if (open[i] != null) {
        if (began[i] != lastBegan) {
          samples.add(sample(i, true));
        }
        open[i].forget();
        balancer.attempts[i]--;
      }
    }
    balancer.ended(this, new Outcome(name, race.winner(), race.othersLackIt(), samples));
    client.onReply(answer, simulation.now() - born);
  }
}
