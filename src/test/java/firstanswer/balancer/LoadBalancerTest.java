package firstanswer.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ExtendedActorSystem;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.testkit.ExplicitlyTriggeredScheduler;
import firstanswer.clock.NanoClock;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.race.Circumstances;
import firstanswer.race.Experience;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Plan;
import firstanswer.race.Policy;
import firstanswer.resolver.Explanation;
import firstanswer.resolver.Health;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.resolver.UpstreamId;
import firstanswer.testing.Balancers;
import firstanswer.testing.EndMark;
import firstanswer.testing.InTestThread;
import firstanswer.testing.Outcomes;
import firstanswer.tsproxy.TsProxy;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sends many queries: each gets one reply, and none leaves anything behind. */
class LoadBalancerTest {
  private static final int QUERIES = 500;
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Answer POSITIVE = Answer.Positive.line("a.example 192.0.2.1 A IN");

  private final ActorTestKit testKit = ActorTestKit.create(InTestThread.virtualTime());
  private final ManualTime time = ManualTime.get(testKit.system());
  private final TestProbe<Outcome> client = testKit.createTestProbe();
  private int servers;

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void answeredQueriesLeaveNothingBehind() {
    ActorRef<LoadBalancer.Command> ls = balancer(server(POSITIVE), server(null));
    ask(ls);
    assertThat(client.receiveSeveralMessages(QUERIES, PATIENCE))
        .allMatch(outcome -> outcome.reply().equals(new Reply.Relayed(POSITIVE)));
    // The asks of the silent server still wait for their timeout, without a coordinator.
    time.timePasses(DEADLINE);
    expectNothingLeft();
  }

  @Test
  void timedOutQueriesLeaveNothingBehind() {
    ActorRef<LoadBalancer.Command> ls = balancer(server(null), server(Answer.Negative.NXDOMAIN));
    ask(ls);
    // Of each query, the deadline and the question to the silent server wait for time to pass.
    client.awaitAssert(PATIENCE, () -> assertThat(timers()).isEqualTo(2 * QUERIES));
    assertThat(coordinators()).isEqualTo(QUERIES);
    time.timePasses(DEADLINE);
    assertThat(client.receiveSeveralMessages(QUERIES, PATIENCE))
        .allMatch(outcome -> outcome.reply() == Reply.Unanswered.TIMED_OUT);
    expectNothingLeft();
  }

  /** If the common pool has one thread, JDK 17 starts a new thread for each of its tasks. */
  @Test
  void queriesStartNoThreadsOfTheirOwn() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    ActorRef<LoadBalancer.Command> ls = balancer(server(POSITIVE), server(POSITIVE));
    long before = threads.getTotalStartedThreadCount();
    ask(ls);
    client.receiveSeveralMessages(QUERIES, PATIENCE);
    assertThat(threads.getTotalStartedThreadCount() - before).isLessThan(50);
  }

  @Test
  void exceptionWhileTakingAQueryAnswersItAtOnce() {
    Policy broken =
        new Policy() {
          @Override
          public Plan plan(Circumstances query, Experience experience) {
            throw new IllegalStateException("broken");
          }

          @Override
          public boolean learns() {
            return false;
          }
        };
    LoadBalancer.Asking asking =
        new LoadBalancer.Asking(
            true, broken, new Experience(1, 1, Duration.ZERO), new HedgeBudget(0), Duration.ZERO);
    ActorRef<LoadBalancer.Command> ls =
        testKit.spawn(
            LoadBalancer.create(
                List.of(Balancers.upstream("ts1", server(POSITIVE))), asking, NanoClock.SYSTEM),
            "ls");
    LoggingTestKit.error("a query could not be taken")
        .expect(
            testKit.system(),
            () -> {
              ls.tell(
                  new LoadBalancer.Resolve(
                      Balancers.query(question(), DEADLINE),
                      new Congestion().begin(),
                      client.getRef()));
              return client.expectMessage(Outcome.INTERNAL_ERROR);
            });
    assertThat(coordinators()).isZero();
  }

  @Test
  void queryWaitsForAServerThatGoesDownAndTheNextDoesNot() {
    TestProbe<TsProxy.Command> silent = testKit.createTestProbe();
    ActorRef<LoadBalancer.Command> ls = balancer(server(Answer.Negative.NXDOMAIN), silent.getRef());
    ActorRef<TsProxy.HealthChanged> watcher =
        silent.expectMessageClass(TsProxy.Watch.class).watcher();
    UpstreamId ts2 = new UpstreamId("ts2");
    LoadBalancer.Resolve query =
        new LoadBalancer.Resolve(
            Balancers.query(question(), DEADLINE), new Congestion().begin(), client.getRef());
    ls.tell(query);
    ActorRef<Answer> late = silent.expectMessageClass(TsProxy.Ask.class).replyTo();
    Health down = new Health(Health.State.DOWN, "silent");
    watcher.tell(new TsProxy.HealthChanged(ts2, EnumSet.of(Query.Protocol.DNS), down));
    ls.tell(query);
    silent.expectMessageClass(TsProxy.Ask.class);
    watcher.tell(new TsProxy.HealthChanged(ts2, EnumSet.of(Query.Protocol.TEXT), down));
    ls.tell(query);
    assertThat(client.receiveMessage().reply())
        .isEqualTo(new Reply.Relayed(Answer.Negative.NXDOMAIN));
    late.tell(POSITIVE);
    assertThat(client.receiveMessage().reply()).isEqualTo(new Reply.Relayed(POSITIVE));
    time.timePasses(DEADLINE);
    Outcome atDeadline = client.receiveMessage();
    assertThat(atDeadline.reply()).isEqualTo(new Reply.Relayed(Answer.Negative.NXDOMAIN));
    assertThat(Explanation.of(atDeadline)).isEqualTo("without ts2 down: silent");
  }

  private static Question question() {
    return Question.ofText(DomainName.parse("a.example").orElseThrow());
  }

  private ActorRef<LoadBalancer.Command> balancer(
      ActorRef<TsProxy.Command> ts1, ActorRef<TsProxy.Command> ts2) {
    List<Upstream> upstreams =
        List.of(Balancers.upstream("ts1", ts1), Balancers.upstream("ts2", ts2));
    return testKit.spawn(
        LoadBalancer.create(upstreams, Balancers.allAtOnce("ts1", "ts2"), NanoClock.SYSTEM), "ls");
  }

  private void ask(ActorRef<LoadBalancer.Command> ls) {
    Question question = question();
    for (int i = 0; i < QUERIES; i++) {
      ls.tell(
          new LoadBalancer.Resolve(
              Balancers.query(question, DEADLINE), new Congestion().begin(), client.getRef()));
    }
  }

  private ActorRef<TsProxy.Command> server(Answer answer) {
    Behavior<TsProxy.Command> behavior =
        Behaviors.receive(TsProxy.Command.class)
            .onMessage(
                TsProxy.Ask.class,
                query -> {
                  if (answer != null) {
                    query.replyTo().tell(answer);
                  }
                  return Behaviors.same();
                })
            .onMessage(TsProxy.Watch.class, watch -> Behaviors.same())
            .onMessage(TsProxy.Forget.class, forgotten -> Behaviors.same())
            .build();
    return testKit.spawn(behavior, "ts" + ++servers);
  }

  private void expectNothingLeft() {
    client.awaitAssert(PATIENCE, () -> assertThat(timers()).isZero());
    client.awaitAssert(PATIENCE, () -> assertThat(coordinators()).isZero());
    EndMark.isNext(client, Outcomes.of(Reply.Unanswered.SILENCE));
  }

  private long coordinators() {
    ExtendedActorSystem system = (ExtendedActorSystem) testKit.system().classicSystem();
    return system.printTree().lines().filter(line -> line.contains("-> $")).count();
  }

  private int timers() {
    ExplicitlyTriggeredScheduler scheduler =
        (ExplicitlyTriggeredScheduler) testKit.system().classicSystem().scheduler();
    return scheduler.akka$testkit$ExplicitlyTriggeredScheduler$$scheduled().size();
  }
}
