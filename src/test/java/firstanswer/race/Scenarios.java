package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What is simulated. Utilisation is what one attempt a query would make of it, 0 to 1. */
final class Scenarios {
  /** What a server works on a question, on average. */
  static final Duration WORK = Duration.ofMillis(10);

  /** As heavy a tail as in the queueing model of Low Latency via Redundancy. */
  static final double ALPHA = 2.1;

  private static final List<DomainName> NAMES =
      IntStream.range(0, 2_000)
          .mapToObj(i -> DomainName.parse("host" + i + ".example.org").orElseThrow())
          .toList();

  private static final Duration TRIP = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofMillis(200);

  private Scenarios() {}

  /** How many queries, and by what chance. */
  record Size(int queries, long seed) {}

  /** {@code count} servers that all have all names. */
  static Scenario replicas(int count, double utilisation, ServiceTime work, Size size) {
    return Scenario.of(
        Collections.nCopies(
            count, new SimulatedServer.Manner(work, ServiceTime.none(), 0, n -> yes(n))),
        load(utilisation * count / seconds(WORK), size),
        size.seed());
  }

  /**
   * 16 servers and 120 load balancers, each of which has two of them: what comes to one server has
   * then little to do with what comes to another.
   */
  static Scenario pairs(double utilisation, ServiceTime work, Size size) {
    int count = 16;
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        groups.add(List.of(i, j));
      }
    }
    Scenario all = replicas(count, utilisation, work, size);
    return new Scenario(all.servers(), groups, all.load(), size.seed());
  }

  /**
   * {@code count} servers with little to do behind a network: log-normal round trips of 10 ms on
   * average, one in a hundred 200 ms longer, one in two hundred answers lost.
   */
  static Scenario network(int count, Size size) {
    ServiceTime trip = ServiceTime.logNormal(TRIP, 0.5).andRarely(0.01, ServiceTime.constant(LONG));
    ServiceTime work = ServiceTime.exponential(Duration.ofMillis(1));
    return Scenario.of(
        Collections.nCopies(count, new SimulatedServer.Manner(work, trip, 0.005, n -> yes(n))),
        load(20 * count, size),
        size.seed());
  }

  /**
   * Reads as in The Tail at Scale, from a server that has a second one: one in fifty takes longer
   * than 10 ms, and one in a thousand so much longer that the slowest of 100 would have the
   * percentile 99.9 of the paper, 1,800 ms, if proxies did not ask once more after 1 s.
   */
  static Scenario reads(Size size) {
    ServiceTime delay =
        ServiceTime.logNormal(Duration.ofMillis(4), 0.5)
            .andRarely(0.001, ServiceTime.exponential(Duration.ofMillis(400)));
    ServiceTime work = ServiceTime.constant(Duration.ofNanos(100_000));
    return Scenario.of(
        Collections.nCopies(2, new SimulatedServer.Manner(work, delay, 0, n -> yes(n))),
        load(100, size),
        size.seed());
  }

  /** Each name is held by one of {@code count} servers, and all of one zone. */
  static Scenario split(int count, Size size) {
    List<SimulatedServer.Manner> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int server = i;
      servers.add(quick(0, name -> number(name) % count == server ? yes(name) : no()));
    }
    return Scenario.of(servers, load(100, size), size.seed());
  }

  /**
   * All of {@code count} servers have the same nine tenths of all names, and the first is silent
   * from the beginning, which is in the figures.
   */
  static Scenario oneSilent(int count, Size size) {
    Function<DomainName, Answer> table = name -> number(name) % 10 == 0 ? no() : yes(name);
    List<SimulatedServer.Manner> servers =
        new ArrayList<>(Collections.nCopies(count, quick(0, table)));
    servers.set(0, quick(1, table));
    return Scenario.of(servers, load(100, size, 0), size.seed());
  }

  private static SimulatedServer.Manner quick(
      double lostShare, Function<DomainName, Answer> table) {
    return new SimulatedServer.Manner(
        ServiceTime.exponential(Duration.ofMillis(1)),
        ServiceTime.logNormal(TRIP, 0.5),
        lostShare,
        table);
  }

  /** The first tenth of it is not in the figures. */
  private static Scenario.Load load(double perSecond, Size size) {
    return load(perSecond, size, size.queries() / 10);
  }

  private static Scenario.Load load(double perSecond, Size size, int warmUp) {
    return new Scenario.Load(
        perSecond, size.queries(), warmUp, random -> NAMES.get(random.nextInt(NAMES.size())));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** The number in its first label. */
  private static int number(DomainName name) {
    return name.key().charAt(0) == 'h'
        ? Integer.parseInt(name.key(), 4, name.key().indexOf('.'), 10)
        : 0;
  }

  private static Answer yes(DomainName name) {
    return Answer.Positive.line(name + " 192.0.2.1 A IN");
  }

  private static Answer no() {
    return Answer.Negative.NXDOMAIN;
  }
}
