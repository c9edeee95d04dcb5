package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.balancer.BalancedResolver;
import firstanswer.balancer.LoadBalancer;
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
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Resolver;
import firstanswer.resolver.UpstreamId;
import firstanswer.sharing.SharedRaces;
import firstanswer.testing.Balancers;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A new link of the chain and a new policy are one small class each. No other class of the product
 * changes but the wiring, whose part this test plays.
 */
class ExtensionTest {
  private static final Question QUESTION =
      Question.ofText(DomainName.parse("www.example.org").orElseThrow());
  private static final Answer YES = Answer.Positive.line("www.example.org 192.0.2.1 A IN");

  private final ActorTestKit testKit = ActorTestKit.create();
  private final TestProbe<TsProxy.Command> first = testKit.createTestProbe();
  private final TestProbe<TsProxy.Command> last = testKit.createTestProbe();

  /** A link: counts the queries that pass. */
  private static final class QueryCount implements Resolver {
    private final Resolver next;
    private final AtomicLong queries = new AtomicLong();

    QueryCount(Resolver next) {
      this.next = next;
    }

    @Override
    public CompletionStage<Outcome> resolve(Query query) {
      queries.incrementAndGet();
      return next.resolve(query);
    }
  }

  /** A policy: asks one upstream after the other, the last of the configuration first. */
  private static final class LastFirst implements Policy {
    @Override
    public Plan plan(Circumstances query, Experience experience) {
      List<UpstreamId> order = new ArrayList<>(query.health().keySet());
      Collections.reverse(order);
      return new Plan(
          order.stream()
              .map(upstream -> new Plan.Wave(List.of(upstream), Duration.ofHours(1)))
              .toList());
    }

    @Override
    public boolean learns() {
      return false;
    }
  }

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void aNewLinkAndANewPolicyNeedNoChangeElsewhere() throws Exception {
    QueryCount inner = new QueryCount(balancer(new LastFirst()));
    QueryCount outer = new QueryCount(new SharedRaces(inner, NanoClock.SYSTEM));
    CompletionStage<Outcome> one = resolve(outer);
    CompletionStage<Outcome> same = resolve(outer);
    asked(last).tell(Answer.Negative.NXDOMAIN);
    asked(first).tell(YES);
    assertThat(one.toCompletableFuture().get(5, TimeUnit.SECONDS).reply())
        .isEqualTo(new Reply.Relayed(YES));
    assertThat(same).succeedsWithin(Duration.ofSeconds(5));
    assertThat(outer.queries).hasValue(2);
    assertThat(inner.queries).hasValue(1);
  }

  private Resolver balancer(Policy policy) {
    LoadBalancer.Asking asking =
        new LoadBalancer.Asking(
            true, policy, new Experience(1, 1, Duration.ZERO), new HedgeBudget(0), Duration.ZERO);
    ActorRef<LoadBalancer.Command> balancer =
        testKit.spawn(
            LoadBalancer.create(
                List.of(
                    Balancers.upstream("first", first.getRef()),
                    Balancers.upstream("last", last.getRef())),
                asking,
                NanoClock.SYSTEM));
    first.expectMessageClass(TsProxy.Watch.class);
    last.expectMessageClass(TsProxy.Watch.class);
    return new BalancedResolver(balancer, testKit.scheduler(), new Congestion());
  }

  private static CompletionStage<Outcome> resolve(Resolver chain) {
    return chain.resolve(Balancers.query(QUESTION, Duration.ofSeconds(5)));
  }

  private static ActorRef<Answer> asked(TestProbe<TsProxy.Command> server) {
    return server.expectMessageClass(TsProxy.Ask.class).replyTo();
  }
}
