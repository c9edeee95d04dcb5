package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The simulated scenarios. Utilisation is that with one attempt per query, 0 to 1. */
final class Scenarios {
  /** The average time that a server works on a question. */
  static final Duration WORK = Duration.ofMillis(10);

  /** The tail is as heavy as in the queueing model of Low Latency via Redundancy. */
  static final double ALPHA = 2.1;

  private static final List<DomainName> NAMES =
      IntStream.range(0, 2_000)
          .mapToObj(i -> DomainName.parse("host" + i + ".example.org").orElseThrow())
          .toList();

  private static final Duration TRIP = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofMillis(200);

  private Scenarios() {}

  /** The number of queries, and the seed. */
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
   * 16 servers and 120 load balancers with two of the servers each, so the loads of two servers are
   * nearly independent.
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
   * {@code count} idle servers behind a network. Round trips are log-normal, 10 ms on average; one
   * in a hundred takes 200 ms longer, and one answer in two hundred is lost.
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
   * Reads from two servers as in The Tail at Scale. One in fifty takes longer than 10 ms. One in a
   * thousand takes so much longer that the slowest of 100 would have the paper's percentile 99.9,
   * 1,800 ms, if proxies did not ask once more after 1 s.
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

  /** Each name is on one of {@code count} servers; all names are in one zone. */
  static Scenario split(int count, Size size) {
    List<SimulatedServer.Manner> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int server = i;
      servers.add(quick(0, name -> number(name) % count == server ? yes(name) : no()));
    }
    return Scenario.of(servers, load(100, size), size.seed());
  }

  /**
   * All of {@code count} servers have the same nine tenths of all names. The first server is silent
   * from the first query on, and the figures include the time until it is down.
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

  /** The figures leave out the first tenth of the load. */
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

  /** The number in the first label of a name. */
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
