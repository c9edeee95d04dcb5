package firstanswer.race;

import firstanswer.balancer.LoadBalancer;
import firstanswer.dns.DomainName;
import firstanswer.resolver.Health;
import firstanswer.resolver.Reply;
import firstanswer.resolver.UpstreamId;
import firstanswer.testing.Upstreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The counterpart of {@link LoadBalancer} in virtual time: makes the same calls of policy,
 * experience, budget and race in the same order. All settings are the defaults.
 */
final class SimulatedBalancer {
  private static final int MAX_NAMES = 65_536;
  private static final int PERCENTILE = 95;
  private static final Duration DEADLINE = Duration.ofMillis(4_500);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The budget for attempts made because a server is slow, as a share of queries. */
  static final double BUDGET = 0.1;

  /** Receives the reply to a client, and after how many nanoseconds it came. */
  interface Client {
    void onReply(Reply reply, long waited);
  }

  final Simulation simulation;
  final List<SimulatedProxy> proxies;
  final HedgeBudget hedgeBudget = new HedgeBudget(BUDGET);
  private final Policy policy;
  private final Experience experience;
  private final Race.Terms terms;
  private Map<UpstreamId, Health> health;

  /** Queries in flight by upstream, as the product's budgets count them. */
  final int[] attempts;

  /** A balancer that asks {@code servers} as {@code policy} says. */
  SimulatedBalancer(
      Simulation simulation, List<SimulatedServer> servers, Policy policy, RandomGenerator random) {
    int count = servers.size();
    this.simulation = simulation;
    this.attempts = new int[count];
    this.policy = policy;
    this.experience = new Experience(MAX_NAMES, PERCENTILE, SimulatedPolicy.BOUNDS.max());
    this.terms = new Race.Terms(DEADLINE, PATIENCE, false, true, Set.of());
    this.health = Upstreams.health(Collections.nCopies(count, Health.UP));
    List<SimulatedProxy> made = new ArrayList<>();
    for (SimulatedServer server : servers) {
      made.add(new SimulatedProxy(simulation, server, random, this::onHealthChanged));
    }
    this.proxies = List.copyOf(made);
  }

  void resolve(DomainName name, Client client) {
    hedgeBudget.earn();
    Plan plan =
        policy.plan(
            new Circumstances(name, health, id -> attempts[Upstreams.number(id)], simulation.now()),
            experience);
    experience.begin(plan, simulation.now());
    SimulatedQuery query = new SimulatedQuery(this, name, client);
    query.begin(Race.begin(terms, plan, health, simulation.now()));
  }

  void ended(Observation observed) {
    if (policy.learns()) {
      experience.learn(observed, simulation.now());
    }
  }

  private void onHealthChanged() {
    health = Upstreams.health(proxies.stream().map(SimulatedProxy::health).toList());
  }

  /** The health of each upstream now. */
  Map<UpstreamId, Health> health() {
    return health;
  }
}
