package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.race.SimulatedServer.Manner;
import firstanswer.resolver.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Load balancers, the servers that they ask, and the clients that ask them.
 *
 * @param servers the behaviour of each server
 * @param groups the servers of each load balancer, by their places in {@code servers}
 * @param load the queries of clients
 * @param seed the same seed gives the same figures
 */
record Scenario(List<Manner> servers, List<List<Integer>> groups, Load load, long seed) {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Queries that arrive at random and independently (Poisson), at load balancers at random.
   *
   * @param perSecond queries per second to all load balancers together
   * @param warmUp the number of first queries that the figures leave out
   * @param names the name of the next query
   */
  record Load(
      double perSecond, int queries, int warmUp, Function<RandomGenerator, DomainName> names) {}

  /** Makes the policy of a load balancer. */
  interface PolicyMaker {
    Policy of(int upstreams, RandomGenerator random);
  }

  /** One load balancer that asks all servers. */
  static Scenario of(List<Manner> servers, Load load, long seed) {
    return new Scenario(
        servers, List.of(IntStream.range(0, servers.size()).boxed().toList()), load, seed);
  }

  Figures run(PolicyMaker policy) {
    return new Run(this, policy).figures();
  }

  private static final class Run {
    private final Scenario scenario;
    private final Simulation simulation = new Simulation();
    private final SplittableRandom arrivals;
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<SimulatedBalancer> balancers = new ArrayList<>();
    private final List<Long> positive = new ArrayList<>();
    private final List<Long> negative = new ArrayList<>();
    private int failed;
    private int wrong;
    private int arrived;
    private int replied;
    private long[] askedBefore = {};

    Run(Scenario scenario, PolicyMaker policy) {
      this.scenario = scenario;
      SplittableRandom random = new SplittableRandom(scenario.seed());
      this.arrivals = random.split();
      for (Manner manner : scenario.servers()) {
        servers.add(new SimulatedServer(simulation, manner, random.split()));
      }
      for (List<Integer> group : scenario.groups()) {
        List<SimulatedServer> asked = group.stream().map(servers::get).toList();
        balancers.add(
            new SimulatedBalancer(
                simulation, asked, policy.of(asked.size(), random.split()), random.split()));
      }
    }

    Figures figures() {
      arrive();
      simulation.runWhile(() -> replied < scenario.load().queries());
      long[] asked = asked();
      Arrays.setAll(asked, i -> asked[i] - askedBefore[i]);
      double total = Arrays.stream(asked).sum();
      return new Figures(
          total / (replied - scenario.load().warmUp()),
          Arrays.stream(asked).max().orElseThrow() / total,
          Figures.Waits.of(positive),
          Figures.Waits.of(negative),
          failed,
          wrong);
    }

    private long[] asked() {
      return servers.stream().mapToLong(SimulatedServer::asked).toArray();
    }

    private void arrive() {
      Load load = scenario.load();
      double pause = arrivals.nextExponential() / load.perSecond() * NANOS_PER_SECOND;
      simulation.in((long) pause, this::ask);
    }

    private void ask() {
      Load load = scenario.load();
      boolean counts = arrived >= scenario.load().warmUp();
      if (arrived == scenario.load().warmUp()) {
        askedBefore = asked();
      }
      DomainName name = load.names().apply(arrivals);
      SimulatedBalancer balancer = balancers.get(arrivals.nextInt(balancers.size()));
      balancer.resolve(name, (reply, waited) -> onReply(name, reply, waited, counts));
      if (++arrived < load.queries()) {
        arrive();
      }
    }

    private void onReply(DomainName name, Reply reply, long waited, boolean counts) {
      replied++;
      if (!counts) {
        return;
      }
      Answer answer = reply instanceof Reply.Relayed relayed ? relayed.answer() : null;
      if (answer instanceof Answer.Positive) {
        positive.add(waited);
      } else if (answer instanceof Answer.Negative) {
        negative.add(waited);
        wrong += isHeld(name) ? 1 : 0;
      } else {
        failed++;
      }
    }

    private boolean isHeld(DomainName name) {
      return scenario.servers().stream()
          .anyMatch(server -> server.table().apply(name) instanceof Answer.Positive);
    }
  }
}
