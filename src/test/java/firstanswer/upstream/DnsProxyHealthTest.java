package firstanswer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HealthSettings;
import firstanswer.config.HostPort;
import firstanswer.config.UpstreamAddress;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import firstanswer.resolver.Resolver;
import firstanswer.testing.FakeUdp;
import firstanswer.testing.FakeUdp.Sent;
import firstanswer.testing.Responses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The test plays the network, and time passes only when it says so. */
class DnsProxyHealthTest {
  private static final int WATCHED_AS = 7;
  private static final int DOWN_AFTER = 3;
  private static final Duration IN_TIME = Duration.ofMillis(1200);
  private static final Duration PROBE_MAX = Duration.ofSeconds(2);
  private static final DnsUpstreamSettings SETTINGS =
      new DnsUpstreamSettings(
          1,
          100,
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          new HealthSettings(2, DOWN_AFTER, Duration.ofSeconds(1), PROBE_MAX, 1));

  private final ActorTestKit testKit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(testKit.system());
  private final FakeUdp udp = new FakeUdp();
  private final TestProbe<Resolver.Command> watcher = testKit.createTestProbe();
  private final TestProbe<Answer> client = testKit.createTestProbe();
  private ActorRef<Resolver.Command> proxy;

  @BeforeEach
  void start() {
    UpstreamAddress.Dns server = new UpstreamAddress.Dns("ns", new HostPort("192.0.2.53", 53));
    proxy = testKit.spawn(DnsProxy.create(server, SETTINGS, udp));
    proxy.tell(new Health.Watch(WATCHED_AS, watcher.getRef()));
    assertThat(nextHealth()).isEqualTo(Health.UP);
  }

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void aSilentServerIsDownAlsoWhenNobodyWaitsForItsAnswersAnyMore() throws Exception {
    for (Resolver.Resolve query : ask(DOWN_AFTER)) {
      proxy.tell(new Resolver.Forget(query));
    }
    time.timePasses(IN_TIME);
    assertThat(nextHealth().state()).isEqualTo(State.SUSPECT);
    assertThat(nextHealth()).isEqualTo(new Health(State.DOWN, "no answer in time"));
    // Nobody waits, so nothing is sent once more.
    assertThat(udp.hasMore()).isFalse();
  }

  @Test
  void whoAsksAloneNeedNotAskAgainForTheServerToBeKnownAsDown() throws Exception {
    ask(1);
    time.timePasses(IN_TIME);
    // Sent once more, and as many probes as it takes.
    assertThat(List.of(nameOf(udp.next()), nameOf(udp.next()), nameOf(udp.next())))
        .containsExactly("silent0.example.", ".", ".");
    time.timePasses(IN_TIME.plusMillis(200));
    assertThat(nextHealth().state()).isEqualTo(State.SUSPECT);
    assertThat(nextHealth().state()).isEqualTo(State.DOWN);
  }

  @Test
  void oneAnswerThatIsLostMakesNoServerDown() throws Exception {
    ask(1);
    time.timePasses(IN_TIME);
    Sent probe = nextProbe();
    probe.answer(Responses.failure(probe.query(), Rcode.REFUSED));
    time.timePasses(IN_TIME.multipliedBy(2));
    watcher.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aServerThatAnswersLateIsDownAndItsAnswersStillCount() throws Exception {
    ask(DOWN_AFTER - 1);
    proxy.tell(query("late.example"));
    Sent last = udp.next();
    time.timePasses(IN_TIME);
    last.answer(Responses.positive(last.query(), "192.0.2.1"));
    assertThat(client.receiveMessage()).isInstanceOf(Answer.Positive.class);
    nextHealth();
    assertThat(nextHealth().state()).isEqualTo(State.DOWN);
    watcher.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aServerThatAnswersOthersInTimeIsUpWhateverItIsSilentOn() throws Exception {
    ask(2 * DOWN_AFTER);
    proxy.tell(query("known.example"));
    Sent known = udp.next();
    known.answer(Responses.positive(known.query(), "192.0.2.1"));
    client.receiveMessage();
    time.timePasses(IN_TIME);
    watcher.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aServerThatOnlyFailsIsSuspectAndOneThatRefusesIsWell() throws Exception {
    for (int rcode : List.of(Rcode.REFUSED, Rcode.REFUSED, Rcode.SERVFAIL, Rcode.SERVFAIL)) {
      watcher.expectNoMessage(Duration.ZERO);
      proxy.tell(query("a.example"));
      Sent sent = udp.next();
      sent.answer(Responses.failure(sent.query(), rcode));
      client.receiveMessage();
    }
    assertThat(nextHealth()).isEqualTo(new Health(State.SUSPECT, "SERVFAIL"));
  }

  @Test
  void aServerThatIsDownIsProbedAndAskedLittleUntilItAnswers() throws Exception {
    ask(DOWN_AFTER).forEach(query -> proxy.tell(new Resolver.Forget(query)));
    time.timePasses(IN_TIME);
    nextHealth();
    nextHealth();
    // One query between two probes, and no more.
    proxy.tell(query("a.example"));
    assertThat(nameOf(udp.next())).isEqualTo("a.example.");
    proxy.tell(query("b.example"));
    client.expectMessage(Answer.Abstention.DOWN);
    time.timePasses(Duration.ofSeconds(1));
    Sent probe = nextProbe();
    // The probe has not taken the place of the query.
    proxy.tell(query("d.example"));
    assertThat(nameOf(udp.next())).isEqualTo("d.example.");
    probe.answer(Responses.failure(probe.query(), Rcode.REFUSED));
    assertThat(nextHealth()).isEqualTo(Health.UP);
    proxy.tell(query("c.example"));
    assertThat(nameOf(udp.next())).isEqualTo("c.example.");
  }

  @Test
  void probesGoOnAtIntervalsThatGrowToTheLongest() throws Exception {
    ask(DOWN_AFTER).forEach(query -> proxy.tell(new Resolver.Forget(query)));
    time.timePasses(IN_TIME);
    int probes = 0;
    for (int seconds = 0; seconds < 20; seconds++) {
      time.timePasses(Duration.ofSeconds(1));
      while (udp.hasMore()) {
        assertThat(nameOf(udp.next())).isEqualTo(".");
        probes++;
      }
    }
    // The first after 1 s at the most, the others after 1.5 to 2 s.
    assertThat(probes).isBetween(8, 15);
  }

  /** Between two probes one query may go out, and once more when it is not answered. */
  @Test
  void whoComesBackIsNotOverrunHoweverMuchIsAskedMeanwhile() throws Exception {
    ask(DOWN_AFTER).forEach(query -> proxy.tell(new Resolver.Forget(query)));
    time.timePasses(IN_TIME);
    nextHealth();
    assertThat(nextHealth().state()).isEqualTo(State.DOWN);
    int probes = 0;
    int queries = 0;
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 50; j++) {
        proxy.tell(query("n" + i + "-" + j + ".example"));
      }
      time.timePasses(Duration.ofSeconds(1));
      while (udp.hasMore()) {
        boolean probe = nameOf(udp.next()).equals(".");
        probes += probe ? 1 : 0;
        queries += probe ? 0 : 1;
      }
    }
    assertThat(probes).isBetween(8, 15);
    assertThat(queries).isBetween(probes, 2 * (probes + 1));
    for (int i = 0; i < 4; i++) {
      time.timePasses(Duration.ofSeconds(1));
      while (udp.hasMore()) {
        Sent sent = udp.next();
        sent.answer(Responses.failure(sent.query(), Rcode.REFUSED));
      }
    }
    assertThat(nextHealth()).isEqualTo(Health.UP);
    time.timePasses(PROBE_MAX);
    assertThat(udp.hasMore()).isFalse();
  }

  private List<Resolver.Resolve> ask(int count) throws InterruptedException {
    List<Resolver.Resolve> queries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Resolver.Resolve query = query("silent" + i + ".example");
      queries.add(query);
      proxy.tell(query);
      udp.next();
    }
    return queries;
  }

  private Resolver.Resolve query(String name) {
    Manner manner = new Manner.Dns(0x0100, Optional.empty());
    return new Resolver.Resolve(
        new Question(DomainName.parse(name).orElseThrow(), Type.A, manner), client.getRef());
  }

  private Health nextHealth() {
    Health.Changed changed = (Health.Changed) watcher.receiveMessage();
    assertThat(changed.upstream()).isEqualTo(WATCHED_AS);
    return changed.health();
  }

  /** The next that is sent and no repetition of a question. */
  private Sent nextProbe() throws InterruptedException {
    Sent next = udp.next();
    while (!nameOf(next).equals(".")) {
      next = udp.next();
    }
    return next;
  }

  private static String nameOf(Sent sent) {
    return sent.query().getQuestion().getName().toString();
  }
}
