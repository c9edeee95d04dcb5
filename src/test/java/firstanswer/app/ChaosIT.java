package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.balancer.QueryCoordinator;
import firstanswer.testing.Jar;
import firstanswer.testing.ProcessUsage;
import firstanswer.testing.chaos.ChaoticNameServer;
import firstanswer.testing.chaos.Clients;
import firstanswer.testing.chaos.Events;
import firstanswer.testing.chaos.Ledger;
import firstanswer.testing.chaos.Ledger.Outcome;
import firstanswer.testing.chaos.Patience;
import firstanswer.testing.chaos.Schedule;
import firstanswer.testing.chaos.TableServer;
import firstanswer.testing.chaos.VanishingClients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar in front of servers that are killed, frozen, slow, silent, and answer twice, to
 * other questions, or with garbage, while some of its clients vanish. {@code -Dchaos.seed=N} draws
 * the same events again, {@code -Dchaos.queries=N} and {@code -Dchaos.rate=N} ask more and faster,
 * and the profile {@code chaos} asks a million.
 */
class ChaosIT {
  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
  private static final int QUERIES = Integer.getInteger("chaos.queries", 6_000);
  private static final int PER_SECOND = Integer.getInteger("chaos.rate", 1000);
  private static final int SAMPLE = 1000;
  private static final Duration DEADLINE = Duration.ofMillis(1500);
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  /** Longer than any query takes. */
  private static final Duration REST = DEADLINE.plusMillis(500);

  private static final long MORE_HEAP_BYTES = 10_000_000;

  private static final String COORDINATORS = QueryCoordinator.class.getName();
  private static final String ACTORS = "akka.actor.ActorCell";
  private static final String ATTEMPTS = "firstanswer.upstream.dns.Transaction";
  private static final String TIMERS = "firstanswer.transport.loop.LoopTimer";

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final Events events = new Events();
  private List<TableServer> tableServers;
  private List<ChaoticNameServer> nameServers;
  private Jar balancer;
  private Patience patience;
  private int dnsPort;
  private int textPort;

  @BeforeEach
  void start() throws IOException {
    tableServers =
        List.of(TableServer.start(folder, 0, "dns"), TableServer.start(folder, 1, "text"));
    nameServers =
        List.of(ChaoticNameServer.overUdp(2, random), ChaoticNameServer.overBoth(3, random));
    String upstreams =
        Stream.concat(
                tableServers.stream().map(TableServer::uri),
                nameServers.stream().map(ChaoticNameServer::uri))
            .collect(Collectors.joining("\",\"", "[\"", "\"]"));
    balancer =
        Jar.start(
            folder,
            "--role=ls",
            "-Dfirstanswer.ls.text=127.0.0.1:0",
            "-Dfirstanswer.ls.dns=127.0.0.1:0",
            "-Dfirstanswer.ls.upstreams=" + upstreams,
            "-Dfirstanswer.ls.text-deadline=" + DEADLINE.toMillis() + "ms",
            "-Dfirstanswer.ls.dns-deadline=" + DEADLINE.toMillis() + "ms");
    patience = new Patience(balancer.pid());
    Map<String, Integer> ports = balancer.ready();
    dnsPort = ports.get("ls.dns");
    textPort = ports.get("ls.text");
  }

  @AfterEach
  void stop() throws IOException {
    patience.close();
    balancer.close();
    for (TableServer server : tableServers) {
      server.close();
    }
    for (ChaoticNameServer server : nameServers) {
      server.close();
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void everyQueryIsAnsweredOnceInTimeWithoutLeaks() throws Exception {
    ProcessUsage.assumeAvailable();
    warmUp();
    awaitCalm();
    ProcessUsage before = figuresAtRest();
    assertThat(before.counts())
        .containsEntry("QueryCoordinator", 0L)
        .containsEntry("Transaction", 0L);
    assertThat(before.counts().get("LoopTimer")).as("counted").isPositive();
    assertThat(before.counts().get("ActorCell")).as("counted").isPositive();
    try (var schedule = new Schedule(tableServers, nameServers, events, random);
        var vanishing = new VanishingClients(dnsPort, textPort, events, new Random(SEED))) {
      schedule.begin();
      vanishing.begin();
      ask(QUERIES);
    }
    System.out.println("chaos: " + events + "; " + patience + "; seed " + SEED);
    awaitCalm();
    assertThat(events.troubles()).isEmpty();
    assertHoldsNoMoreThan(before);
    balancer.terminate();
    assertThat(balancer.status()).isZero();
    assertThat(balancer.errors()).as("seed %d", SEED).doesNotContain("Exception", "ERROR");
  }

  /** Code that has not been compiled yet is slow; whether it is in time is not asked here. */
  private void warmUp() throws Exception {
    for (int perSecond : new int[] {200, 500, 1000, 1500}) {
      ask(perSecond, perSecond, DEADLINE.multipliedBy(10));
    }
  }

  private Ledger ask(int queries) throws Exception {
    return ask(queries, PER_SECOND, DEADLINE);
  }

  /** Asks, and sees that all is answered as it must be, whatever happens. */
  private Ledger ask(int queries, int perSecond, Duration deadline) throws Exception {
    Ledger ledger = new Ledger(deadline, patience);
    try (Clients clients = new Clients(dnsPort, textPort, ledger, random)) {
      clients.ask(queries, perSecond);
      clients.awaitAnswers(DEADLINE.multipliedBy(4).toMillis());
      System.out.println("chaos: " + ledger);
      List<String> wrongs = ledger.wrongs();
      assertThat(wrongs.subList(0, Math.min(wrongs.size(), 20)))
          .as("seed %d: %d wrongs", SEED, wrongs.size())
          .isEmpty();
    }
    return ledger;
  }

  /** Asks until every name that somebody holds is found, and every other is denied. */
  private void awaitCalm() throws Exception {
    long begin = System.nanoTime();
    while (!isRight(ask(SAMPLE))) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(RECOVERY);
    }
  }

  private static boolean isRight(Ledger ledger) {
    return ledger.count(Outcome.POSITIVE) + ledger.count(Outcome.NEGATIVE) == SAMPLE
        && ledger.denied() == 0;
  }

  /** When what is on its way, such as timers that have been cancelled, has come to its end. */
  private ProcessUsage figuresAtRest() throws Exception {
    return figuresWhen((last, now) -> now.counts().equals(last.counts()));
  }

  /** When they are {@code as} they should be, or when it is too late for that. */
  private ProcessUsage figuresWhen(BiPredicate<ProcessUsage, ProcessUsage> as) throws Exception {
    long begin = System.nanoTime();
    ProcessUsage last;
    ProcessUsage now = figures();
    do {
      Thread.sleep(REST.toMillis());
      last = now;
      now = figures();
    } while (!as.test(last, now) && System.nanoTime() - begin < RECOVERY.toNanos());
    return now;
  }

  private ProcessUsage figures() throws Exception {
    return ProcessUsage.of(folder, balancer.pid(), COORDINATORS, ACTORS, ATTEMPTS, TIMERS);
  }

  private void assertHoldsNoMoreThan(ProcessUsage before) throws Exception {
    ProcessUsage after = figuresWhen((last, now) -> isNoMore(before, now));
    System.out.println("chaos: " + before.to(after));
    assertThat(isNoMore(before, after)).as(before.to(after)).isTrue();
    assertThat(after.heapBytes()).isLessThan(before.heapBytes() + MORE_HEAP_BYTES);
  }

  private static boolean isNoMore(ProcessUsage before, ProcessUsage after) {
    return after.counts().entrySet().stream()
        .allMatch(e -> e.getValue() <= before.counts().get(e.getKey()));
  }
}
