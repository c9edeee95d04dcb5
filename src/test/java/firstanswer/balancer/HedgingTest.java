package firstanswer.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.race.DelayBounds;
import firstanswer.race.Experience;
import firstanswer.race.Hedge;
import firstanswer.race.HedgeBudget;
import firstanswer.resolver.Health;
import firstanswer.resolver.Resolver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A load balancer that asks the likeliest first: ts1, and ts2 when ts1 has not answered. */
class HedgingTest {
  private static final Duration DELAY = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Question QUESTION =
      new Question(
          DomainName.parse("www.example.org").orElseThrow(),
          1,
          new Manner.Dns(0, Optional.empty()));
  private static final Answer YES = Answer.Positive.line("www.example.org 192.0.2.1 A IN");
  private static final Health DOWN = new Health(Health.State.DOWN, "no answer in time");

  private final ActorTestKit testKit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(testKit.system());
  private final TestProbe<Answer> client = testKit.createTestProbe();
  private final TestProbe<Resolver.Command> ts1 = testKit.createTestProbe();
  private final TestProbe<Resolver.Command> ts2 = testKit.createTestProbe();

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void whoAnswersInTimeIsAskedAlone() {
    ask(balancer(1));
    asked(ts1).tell(YES);
    client.expectMessage(YES);
    time.timePasses(PATIENCE);
    ts2.expectNoMessage(Duration.ZERO);
  }

  @Test
  void theOthersAreAskedWhenTheDelayIsOver() {
    ask(balancer(1));
    asked(ts1);
    time.timePasses(DELAY.minusMillis(1));
    ts2.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(1));
    asked(ts2).tell(YES);
    client.expectMessage(YES);
    ts1.expectMessageClass(Resolver.Forget.class);
  }

  @ParameterizedTest
  @MethodSource("noYes")
  void theOthersAreAskedAtOnceWhenTheFirstSaysNoOrFails(Answer answer) {
    ask(balancer(0));
    asked(ts1).tell(answer);
    ActorRef<Answer> second = asked(ts2);
    // The delay does not run any longer.
    time.timePasses(DELAY);
    second.tell(YES);
    client.expectMessage(YES);
  }

  static List<Answer> noYes() {
    return List.of(
        Negative.NXDOMAIN,
        Negative.NODATA,
        new Answer.Failure("SERVFAIL"),
        Answer.Silence.SILENT,
        Answer.Abstention.DOWN);
  }

  @Test
  void aDelayThatIsOverWhenAllHaveBeenAskedChangesNothing() {
    ask(balancer(1));
    asked(ts1).tell(Negative.NXDOMAIN);
    ActorRef<Answer> second = asked(ts2);
    time.timePasses(DELAY);
    second.tell(YES);
    client.expectMessage(YES);
  }

  @Test
  void withoutBudgetTheyAreAskedAllTheSameButLater() {
    ask(balancer(0));
    asked(ts1);
    time.timePasses(DELAY);
    ts2.expectNoMessage(Duration.ZERO);
    ActorRef<Answer> second =
        ts2.awaitAssert(
            () -> {
              // How long, is for Race; it sets the timer some time after the delay is over.
              time.timePasses(PATIENCE.minus(DELAY));
              return asked(ts2);
            });
    second.tell(YES);
    client.expectMessage(YES);
  }

  @Test
  void aServerWhoseNoMayBeSilenceCostsNoBudget() {
    ask(balancer(0, new Upstream("ts1", ts1.getRef(), Budget.unlimited(), Upstream.Misses.SILENT)));
    asked(ts1);
    time.timePasses(DELAY);
    asked(ts2).tell(YES);
    client.expectMessage(YES);
  }

  @Test
  void theOthersAreAskedAtOnceWhenTheFirstGoesDown() {
    ActorRef<Resolver.Command> ls = balancer(0);
    ask(ls);
    asked(ts1);
    ls.tell(new Health.Changed(0, DOWN));
    asked(ts2).tell(Negative.NXDOMAIN);
    client.expectMessage(
        new Negative(
            Negative.Kind.NXDOMAIN, Optional.empty(), "without ts1 down: no answer in time"));
  }

  @Test
  void whoHeldTheNameIsAskedFirstTheNextTime() {
    ActorRef<Resolver.Command> ls = balancer(1);
    ask(ls);
    asked(ts1).tell(Negative.NXDOMAIN);
    asked(ts2).tell(YES);
    client.expectMessage(YES);
    ask(ls);
    asked(ts2).tell(YES);
    client.expectMessage(YES);
    ts1.expectNoMessage(Duration.ZERO);
  }

  @Test
  void thatSomebodyWasTheFirstOfThoseWhoHaveANameIsNotLearnt() {
    ActorRef<Resolver.Command> ls = balancer(1);
    ask(ls);
    asked(ts1).tell(YES);
    client.expectMessage(YES);
    // The next one goes to ts2, of which nothing is known yet, and not to a holder.
    ask(ls);
    asked(ts2).tell(YES);
    client.expectMessage(YES);
  }

  @Test
  void aServerOverItsBudgetIsPassedOverAndTheNoSaysSo() {
    Budget one = new Budget(OptionalInt.of(1), OptionalInt.empty());
    ActorRef<Resolver.Command> ls =
        balancer(1, new Upstream("ts1", ts1.getRef(), one, Upstream.Misses.SPOKEN));
    ask(ls);
    ActorRef<Answer> held = asked(ts1);
    ask(ls);
    ActorRef<Answer> second = asked(ts2);
    second.tell(Negative.NXDOMAIN);
    client.expectMessage(
        new Negative(Negative.Kind.NXDOMAIN, Optional.empty(), "without ts1 over its budget"));
    held.tell(YES);
    client.expectMessage(YES);
    assertThat(one.tryTake()).isTrue();
  }

  @Test
  void aServerGetsNoMoreInASecondThanItMay() {
    Budget budget = new Budget(OptionalInt.empty(), OptionalInt.of(3));
    for (int i = 0; i < 3; i++) {
      assertThat(budget.tryTake()).isTrue();
    }
    assertThat(budget.tryTake()).isFalse();
  }

  private ActorRef<Resolver.Command> balancer(double share) {
    return balancer(share, new Upstream("ts1", ts1.getRef()));
  }

  private ActorRef<Resolver.Command> balancer(double share, Upstream first) {
    List<Upstream> upstreams = List.of(first, new Upstream("ts2", ts2.getRef()));
    LoadBalancer.Asking asking =
        new LoadBalancer.Asking(
            new Hedge(new DelayBounds(DELAY, DELAY)),
            new Experience(2, 100, 95, DELAY),
            new HedgeBudget(share),
            PATIENCE);
    Duration deadline = Duration.ofSeconds(5);
    ActorRef<Resolver.Command> ls =
        testKit.spawn(
            LoadBalancer.create(
                upstreams, new LoadBalancer.Rules(deadline, deadline, true), asking));
    ts1.expectMessageClass(Health.Watch.class);
    ts2.expectMessageClass(Health.Watch.class);
    return ls;
  }

  private void ask(ActorRef<Resolver.Command> ls) {
    ls.tell(new Resolver.Resolve(QUESTION, client.getRef()));
  }

  private static ActorRef<Answer> asked(TestProbe<Resolver.Command> server) {
    return server.expectMessageClass(Resolver.Resolve.class).replyTo();
  }
}
