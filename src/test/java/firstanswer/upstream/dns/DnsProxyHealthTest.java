package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HealthSettings;
import firstanswer.config.QuestionCase;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import firstanswer.resolver.Query;
import firstanswer.resolver.UpstreamId;
import firstanswer.testing.Asks;
import firstanswer.testing.FakeUdp;
import firstanswer.testing.FakeUdp.Sent;
import firstanswer.testing.InTestThread;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * The test plays the network, and time passes only when it says so. The proxy handles each message
 * in the thread that sends it, so it has handled all of them when a call of the test returns.
 */
class DnsProxyHealthTest {
  private static final UpstreamId WATCHED_AS = new UpstreamId("ns");
  private static final Duration DOWN_AFTER = Duration.ofMillis(2500);
  private static final Duration PROBE_MAX = Duration.ofSeconds(2);
  private static final DnsUpstreamSettings SETTINGS =
      new DnsUpstreamSettings(
          1,
          100,
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          new HealthSettings(2, DOWN_AFTER, Duration.ofSeconds(1), PROBE_MAX, 1),
          QuestionCase.KEPT);

  private static final Set<Query.Protocol> DNS = EnumSet.of(Query.Protocol.DNS);

  private final ActorTestKit testKit = ActorTestKit.create(InTestThread.virtualTime());
  private final ManualTime time = ManualTime.get(testKit.system());
  private final FakeUdp udp = new FakeUdp();
  private final TestProbe<TsProxy.HealthChanged> watcher = testKit.createTestProbe();
  private final TestProbe<Answer> client = testKit.createTestProbe();
  private ActorRef<TsProxy.Command> proxy;

  @BeforeEach
  void start() throws InterruptedException {
    proxy = ReadyDnsProxy.start(testKit, udp, SETTINGS);
    proxy.tell(new TsProxy.Watch(watcher.getRef(), DNS));
    assertThat(nextHealth()).isEqualTo(Health.UP);
  }

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void aServerSilentOnAForgottenAskIsProbedAndDown() throws Exception {
    goDown();
    // The query goes out no more, since nobody waits for its answer.
    assertThat(nameOf(udp.next())).isEqualTo(".");
    assertThat(nameOf(udp.next())).isEqualTo(".");
    assertThat(udp.hasMore()).isFalse();
  }

  @Test
  void aSlowServerIsNotDownAndItsAnswersCount() throws Exception {
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      proxy.tell(query("slow" + i + ".example"));
      sent.add(udp.next());
    }
    time.timePasses(Duration.ofMillis(1500));
    for (Sent each : sent) {
      each.answer(Responses.positive(each.query(), "192.0.2.1"));
      assertThat(client.receiveMessage()).isInstanceOf(Answer.Positive.class);
    }
    assertThat(nextHealth().state()).isEqualTo(State.SUSPECT);
    assertThat(nextHealth()).isEqualTo(Health.UP);
    expectNoMoreHealth();
  }

  @Test
  void aServerThatIsDownGetsFewQueriesUntilItAnswers() throws Exception {
    goDown();
    nextProbe();
    nextProbe();
    // One query between two probes, and no more.
    proxy.tell(query("a.example"));
    assertThat(nameOf(udp.next())).isEqualTo("a.example.");
    proxy.tell(query("b.example"));
    client.expectMessage(new Answer.Unheard(Answer.Unheard.Cause.DOWN));
    time.timePasses(Duration.ofSeconds(1));
    Sent probe = nextProbe();
    // The probe has not taken the place of the query.
    proxy.tell(query("d.example"));
    next("d.example.");
    probe.answer(Responses.failure(probe.query(), Rcode.REFUSED));
    assertThat(nextHealth()).isEqualTo(Health.UP);
    proxy.tell(query("c.example"));
    next("c.example.");
  }

  @Test
  void probesGoOnWithWaitsThatGrowToTheLongest() throws Exception {
    goDown();
    nextProbe();
    nextProbe();
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

  /** Between two probes one query may go out, and three times more if no answer comes. */
  @Test
  void aServerThatComesBackIsNotOverrunByQueries() throws Exception {
    goDown();
    nextProbe();
    nextProbe();
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
    assertThat(queries).isBetween(probes, 4 * (probes + 1));
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

  private void goDown() throws InterruptedException {
    TsProxy.Ask query = query("silent.example");
    proxy.tell(query);
    udp.next();
    proxy.tell(new TsProxy.Forget(query.id()));
    time.timePasses(DOWN_AFTER);
    assertThat(nextHealth()).isEqualTo(new Health(State.SUSPECT, "silent"));
    assertThat(nextHealth()).isEqualTo(new Health(State.DOWN, "silent"));
  }

  private TsProxy.Ask query(String name) {
    Manner manner = new Manner.Dns(0x0100, Optional.empty());
    return Asks.of(
        new Question(DomainName.parse(name).orElseThrow(), Type.A, manner), client.getRef());
  }

  private Health nextHealth() {
    TsProxy.HealthChanged changed = watcher.receiveMessage();
    assertThat(changed.upstream()).isEqualTo(WATCHED_AS);
    return changed.health();
  }

  private void expectNoMoreHealth() {
    TsProxy.HealthChanged last =
        new TsProxy.HealthChanged(WATCHED_AS, DNS, new Health(State.UP, "end of the test"));
    watcher.getRef().tell(last);
    watcher.expectMessage(last);
  }

  private Sent nextProbe() throws InterruptedException {
    return next(".");
  }

  /** The next query for that name; queries that go out once more may come before it. */
  private Sent next(String name) throws InterruptedException {
    Sent next = udp.next();
    while (!nameOf(next).equals(name)) {
      next = udp.next();
    }
    return next;
  }

  private static String nameOf(Sent sent) {
    return sent.query().getQuestion().getName().toString();
  }
}
