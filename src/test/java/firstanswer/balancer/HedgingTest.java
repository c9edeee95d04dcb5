package firstanswer.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.clock.NanoClock;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.race.DelayBounds;
import firstanswer.race.Experience;
import firstanswer.race.Hedge;
import firstanswer.race.HedgeBudget;
import firstanswer.resolver.Explanation;
import firstanswer.resolver.Health;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Reply;
import firstanswer.resolver.UpstreamId;
import firstanswer.testing.Balancers;
import firstanswer.testing.InTestThread;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A load balancer that asks the likeliest first: ts1, then ts2 if ts1 has not answered. */
class HedgingTest {
  private static final Duration DELAY = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Question QUESTION =
      new Question(
          DomainName.parse("www.example.org").orElseThrow(),
          1,
          new Manner.Dns(0, Optional.empty()));
  private static final Answer YES = Answer.Positive.line("www.example.org 192.0.2.1 A IN");
  private static final Health DOWN = new Health(Health.State.DOWN, "silent");

  private static final UpstreamId TS1 = new UpstreamId("ts1");

  private final ActorTestKit testKit = ActorTestKit.create(InTestThread.config());
  private final ManualTime time = ManualTime.get(testKit.system());
  private final TestProbe<Outcome> client = testKit.createTestProbe();
  private final TestProbe<TsProxy.Command> ts1 = testKit.createTestProbe();
  private final TestProbe<TsProxy.Command> ts2 = testKit.createTestProbe();

  private ActorRef<TsProxy.HealthChanged> watcher1;

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void serverThatAnswersInTimeIsAskedAlone() {
    ask(balancer(1));
    asked(ts1).tell(YES);
    expectYes();
    time.timePasses(PATIENCE);
    ts2.expectNoMessage(Duration.ZERO);
  }

  @Test
  void othersAreAskedWhenTheDelayIsOver() {
    ask(balancer(1));
    asked(ts1);
    time.timePasses(DELAY.minusMillis(1));
    ts2.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(1));
    asked(ts2).tell(YES);
    expectYes();
    ts1.expectMessageClass(TsProxy.Forget.class);
  }

  @ParameterizedTest
  @MethodSource("noYes")
  void othersAreAskedAtOnceWhenTheFirstSaysNoOrFails(Answer answer) {
    ask(balancer(0));
    asked(ts1).tell(answer);
    ActorRef<Answer> second = asked(ts2);
    // The delay must no longer run.
    time.timePasses(DELAY);
    second.tell(YES);
    expectYes();
  }

  static List<Answer> noYes() {
    return List.of(
        Negative.NXDOMAIN,
        Negative.NODATA,
        Answer.Failure.SERVFAIL,
        Answer.Unheard.SILENT,
        new Answer.Unheard(Answer.Unheard.Cause.DOWN));
  }

  @Test
  void delayAfterAllWereAskedChangesNothing() {
    ask(balancer(1));
    asked(ts1).tell(Negative.NXDOMAIN);
    ActorRef<Answer> second = asked(ts2);
    time.timePasses(DELAY);
    second.tell(YES);
    expectYes();
  }

  @Test
  void othersAreAskedLaterWithoutBudget() {
    ask(balancer(0));
    asked(ts1);
    time.timePasses(DELAY);
    ts2.expectNoMessage(Duration.ZERO);
    ActorRef<Answer> second =
        ts2.awaitAssert(
            () -> {
              // Race decides how long; the timer is set some time after the delay is over.
              time.timePasses(PATIENCE.minus(DELAY));
              return asked(ts2);
            });
    second.tell(YES);
    expectYes();
  }

  @Test
  void serverWhoseNoMayBeSilenceCostsNoBudget() {
    ask(
        balancer(
            0, new Upstream(TS1, ts1.getRef(), Balancers.unlimited(), Upstream.Misses.SILENT)));
    asked(ts1);
    time.timePasses(DELAY);
    asked(ts2).tell(YES);
    expectYes();
  }

  @Test
  void othersAreAskedAtOnceWhenTheFirstIsDown() {
    ActorRef<LoadBalancer.Command> ls = balancer(0);
    watcher1.tell(
        new TsProxy.HealthChanged(
            TS1, EnumSet.allOf(firstanswer.resolver.Query.Protocol.class), DOWN));
    ask(ls);
    asked(ts1);
    asked(ts2).tell(Negative.NXDOMAIN);
    expectNo("without ts1 down: silent");
  }

  @Test
  void holderIsAskedFirstTheNextTime() {
    ActorRef<LoadBalancer.Command> ls = balancer(1);
    ask(ls);
    asked(ts1).tell(Negative.NXDOMAIN);
    asked(ts2).tell(YES);
    expectYes();
    ask(ls);
    asked(ts2).tell(YES);
    expectYes();
    ts1.expectNoMessage(Duration.ZERO);
  }

  @Test
  void firstOfSeveralHoldersIsNotLearnt() {
    ActorRef<LoadBalancer.Command> ls = balancer(1);
    ask(ls);
    asked(ts1).tell(YES);
    expectYes();
    // The next query goes to ts2, which is still unknown, and not to a holder.
    ask(ls);
    asked(ts2).tell(YES);
    expectYes();
  }

  @Test
  void serverOverItsBudgetIsNotAskedAndTheNoSaysSo() {
    Budget one = new Budget(OptionalInt.of(1), OptionalInt.empty(), NanoClock.SYSTEM);
    ActorRef<LoadBalancer.Command> ls =
        balancer(1, new Upstream(TS1, ts1.getRef(), one, Upstream.Misses.SPOKEN));
    ask(ls);
    ActorRef<Answer> held = asked(ts1);
    ask(ls);
    ActorRef<Answer> second = asked(ts2);
    second.tell(Negative.NXDOMAIN);
    expectNo("without ts1 over its budget");
    held.tell(YES);
    expectYes();
    assertThat(one.tryTake()).isTrue();
  }

  @Test
  void serverGetsNoMoreThanItsRate() {
    Budget budget = new Budget(OptionalInt.empty(), OptionalInt.of(3), NanoClock.SYSTEM);
    for (int i = 0; i < 3; i++) {
      assertThat(budget.tryTake()).isTrue();
    }
    assertThat(budget.tryTake()).isFalse();
  }

  private ActorRef<LoadBalancer.Command> balancer(double share) {
    return balancer(share, Balancers.upstream("ts1", ts1.getRef()));
  }

  private ActorRef<LoadBalancer.Command> balancer(double share, Upstream first) {
    List<Upstream> upstreams = List.of(first, Balancers.upstream("ts2", ts2.getRef()));
    LoadBalancer.Asking asking =
        new LoadBalancer.Asking(
            true,
            new Hedge(new DelayBounds(DELAY, DELAY)),
            new Experience(100, 95, DELAY),
            new HedgeBudget(share),
            PATIENCE);
    ActorRef<LoadBalancer.Command> ls =
        testKit.spawn(LoadBalancer.create(upstreams, asking, NanoClock.SYSTEM));
    watcher1 = ts1.expectMessageClass(TsProxy.Watch.class).watcher();
    ts2.expectMessageClass(TsProxy.Watch.class);
    return ls;
  }

  private void ask(ActorRef<LoadBalancer.Command> ls) {
    ls.tell(
        new LoadBalancer.Resolve(
            Balancers.query(QUESTION, Duration.ofSeconds(5)),
            new Congestion().begin(),
            client.getRef()));
  }

  private void expectYes() {
    assertThat(client.receiveMessage().reply()).isEqualTo(new Reply.Relayed(YES));
  }

  private void expectNo(String explanation) {
    Outcome outcome = client.receiveMessage();
    assertThat(outcome.reply()).isEqualTo(new Reply.Relayed(Negative.NXDOMAIN));
    assertThat(Explanation.of(outcome)).isEqualTo(explanation);
  }

  private static ActorRef<Answer> asked(TestProbe<TsProxy.Command> server) {
    return server.expectMessageClass(TsProxy.Ask.class).replyTo();
  }
}
