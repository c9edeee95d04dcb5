package firstanswer.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ExtendedActorSystem;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.testkit.ExplicitlyTriggeredScheduler;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.resolver.Resolver;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many queries: each gets one reply, and none leaves anything behind. */
class LoadBalancerTest {
  private static final int QUERIES = 3000;
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Answer POSITIVE = Answer.Positive.line("a.example 192.0.2.1 A IN");

  private final ActorTestKit testKit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(testKit.system());
  private final TestProbe<Answer> client = testKit.createTestProbe();
  private int servers;

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void queriesThatAreAnsweredLeaveNothingBehind() {
    ActorRef<Resolver.Command> ls = balancer(server(POSITIVE), server(null));
    ask(ls);
    assertThat(client.receiveSeveralMessages(QUERIES)).containsOnly(POSITIVE);
    // The silent server's asks wait for their time, bound to no coordinator.
    time.timePasses(DEADLINE);
    expectNothingLeft();
  }

  @Test
  void queriesThatTimeOutLeaveNothingBehind() {
    ActorRef<Resolver.Command> ls = balancer(server(null), server(Answer.Negative.NXDOMAIN));
    ask(ls);
    client.awaitAssert(() -> assertThat(coordinators()).isEqualTo(QUERIES));
    time.timePasses(DEADLINE);
    assertThat(client.receiveSeveralMessages(QUERIES)).allMatch(Answer.TimedOut.class::isInstance);
    expectNothingLeft();
  }

  /** Where the common pool has one thread, JDK 17 starts a thread for each task given to it. */
  @Test
  void queriesStartNoThreadsOfTheirOwn() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    ActorRef<Resolver.Command> ls = balancer(server(POSITIVE), server(POSITIVE));
    long before = threads.getTotalStartedThreadCount();
    ask(ls);
    client.receiveSeveralMessages(QUERIES);
    assertThat(threads.getTotalStartedThreadCount() - before).isLessThan(50);
  }

  private ActorRef<Resolver.Command> balancer(
      ActorRef<Resolver.Command> ts1, ActorRef<Resolver.Command> ts2) {
    List<Upstream> upstreams = List.of(new Upstream("ts1", ts1), new Upstream("ts2", ts2));
    return testKit.spawn(
        LoadBalancer.create(
            upstreams,
            new LoadBalancer.Rules(DEADLINE, DEADLINE, true),
            LoadBalancer.Asking.allAtOnce(2)),
        "ls");
  }

  private void ask(ActorRef<Resolver.Command> ls) {
    Question question = Question.ofText(DomainName.parse("a.example").orElseThrow());
    for (int i = 0; i < QUERIES; i++) {
      ls.tell(new Resolver.Resolve(question, client.getRef()));
    }
  }

  private ActorRef<Resolver.Command> server(Answer answer) {
    Behavior<Resolver.Command> behavior =
        Behaviors.receive(Resolver.Command.class)
            .onMessage(
                Resolver.Resolve.class,
                query -> {
                  if (answer != null) {
                    query.replyTo().tell(answer);
                  }
                  return Behaviors.same();
                })
            .onMessage(Resolver.Forget.class, forgotten -> Behaviors.same())
            .build();
    return testKit.spawn(behavior, "ts" + ++servers);
  }

  private void expectNothingLeft() {
    client.awaitAssert(() -> assertThat(coordinators()).isZero());
    client.awaitAssert(() -> assertThat(timers()).isZero());
    client.expectNoMessage(Duration.ZERO);
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
