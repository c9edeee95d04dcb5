package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.balancer.LoadBalancer;
import firstanswer.balancer.Upstream;
import firstanswer.clock.NanoClock;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HealthSettings;
import firstanswer.config.HostPort;
import firstanswer.config.QuestionCase;
import firstanswer.config.UpstreamAddress;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.race.DelayBounds;
import firstanswer.race.Experience;
import firstanswer.race.Fallback;
import firstanswer.race.Hedge;
import firstanswer.race.HedgeBudget;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Reply;
import firstanswer.testing.Balancers;
import firstanswer.testing.Loops;
import firstanswer.testing.ScriptedNameServer;
import firstanswer.transport.loop.EventLoop;
import firstanswer.transport.udp.NioUdp;
import firstanswer.upstream.dns.DnsProxy;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A load balancer over real sockets in front of a good server and a bad one, under each policy. A
 * server is down after 300 ms of silence. Queries that were asked of it before wait for the
 * deadline; so many further ones that together take less than half as many deadlines have not.
 */
class BadServersTest {
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final Duration DOWN_AFTER = Duration.ofMillis(300);
  private static final Duration BACK = Duration.ofSeconds(20);
  private static final int FIRST_QUERIES = 6;
  private static final int QUERIES = 10;
  private static final DnsUpstreamSettings SETTINGS =
      new DnsUpstreamSettings(
          2,
          100,
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          new HealthSettings(5, DOWN_AFTER, Duration.ofMillis(100), Duration.ofSeconds(1), 1),
          QuestionCase.KEPT);
  private static final EventLoop LOOP = Loops.start();
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  private ScriptedNameServer good;
  private final TestProbe<Outcome> client = TEST_KIT.createTestProbe();
  private ActorRef<LoadBalancer.Command> balancer;

  @BeforeEach
  void start() throws IOException {
    good = new ScriptedNameServer(0);
  }

  @AfterEach
  void stop() {
    good.close();
    if (balancer != null) {
      TEST_KIT.stop(balancer);
    }
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @CsvSource({
    "race, silence-0",
    "race, servfail-0",
    "race, nxdomain-100",
    "race, refuses",
    "race, unreachable",
    "hedge, silence-0",
    "hedge, servfail-0",
    "hedge, nxdomain-100",
    "fallback, silence-0",
    "fallback, servfail-0",
    "fallback, nxdomain-100",
  })
  void badServerDelaysNoOneAndIsUsedAgainWhenGood(String policy, String manner) throws Exception {
    int port = freePort();
    ScriptedNameServer bad = manner.contains("-") ? new ScriptedNameServer(1, port) : null;
    if (bad != null) {
      bad.always(manner);
    }
    String host = manner.equals("unreachable") ? "255.255.255.255" : "127.0.0.1";
    balancer = balancer(policy, new HostPort(host, port));
    for (int i = 0; i < FIRST_QUERIES; i++) {
      ask("nxdomain-0.refused-0.n" + i + ".example");
    }
    for (int i = 0; i < FIRST_QUERIES; i++) {
      expect(Answer.Negative.class);
    }
    long before = System.nanoTime();
    for (int i = 0; i < QUERIES; i++) {
      ask("positive-0.refused-0.n" + i + ".example");
      expect(Answer.Positive.class);
      ask("nxdomain-0.refused-0.m" + i + ".example");
      expect(Answer.Negative.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isLessThan(DEADLINE.multipliedBy(QUERIES).dividedBy(2));
    if (!host.equals("127.0.0.1")) {
      return;
    }
    try (ScriptedNameServer back = bad == null ? new ScriptedNameServer(1, port) : bad) {
      back.always("");
      client.awaitAssert(
          BACK,
          () -> {
            ask("nxdomain-0.positive-0.example");
            return expect(Answer.Positive.class);
          });
    }
  }

  /** Of those that no system gives to sockets that ask for any: it must be free later on, too. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (DatagramSocket free = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (SocketException e) {
        // Somebody has it.
      }
    }
  }

  private ActorRef<LoadBalancer.Command> balancer(String policy, HostPort bad) {
    DelayBounds bounds = new DelayBounds(Duration.ofMillis(10), Duration.ofMillis(50));
    return TEST_KIT.spawn(
        LoadBalancer.create(
            List.of(upstream("bad", bad), upstream("good", new HostPort("127.0.0.1", good.port()))),
            policy.equals("race")
                ? Balancers.allAtOnce("bad", "good")
                : new LoadBalancer.Asking(
                    true,
                    policy.equals("hedge") ? new Hedge(bounds) : new Fallback(bounds),
                    new Experience(1000, 95, bounds.max()),
                    new HedgeBudget(0.1),
                    Duration.ofMillis(200)),
            NanoClock.SYSTEM));
  }

  private static Upstream upstream(String name, HostPort server) {
    UpstreamAddress.Dns address = new UpstreamAddress.Dns(name, server);
    return Balancers.upstream(
        name,
        TEST_KIT.spawn(DnsProxy.create(address, SETTINGS, new NioUdp(LOOP), new Congestion())));
  }

  private void ask(String name) {
    Question question =
        new Question(DomainName.parse(name).orElseThrow(), 1, new Manner.Dns(0, Optional.empty()));
    balancer.tell(
        new LoadBalancer.Resolve(
            Balancers.query(question, DEADLINE), new Congestion().begin(), client.getRef()));
  }

  private <T extends Answer> T expect(Class<T> type) {
    Reply reply = client.expectMessageClass(Outcome.class, BACK).reply();
    assertThat(reply).isInstanceOf(Reply.Relayed.class);
    Answer answer = ((Reply.Relayed) reply).answer();
    assertThat(answer).isInstanceOf(type);
    return type.cast(answer);
  }
}
