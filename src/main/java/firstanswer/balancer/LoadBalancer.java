package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.clock.NanoClock;
import firstanswer.race.Circumstances;
import firstanswer.race.Experience;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Observation;
import firstanswer.race.Plan;
import firstanswer.race.Policy;
import firstanswer.race.Race;
import firstanswer.resolver.Health;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The load-balancing server, LS: gives each query a plan and a coordinator of its own. The front
 * ends bound the queries in flight.
 */
public final class LoadBalancer extends AbstractBehavior<LoadBalancer.Command> {

  /** The messages to the load balancer. */
  public sealed interface Command {}

  /** Resolves a query; the outcome comes within the query's deadline. */
  public record Resolve(Query query, ActorRef<Outcome> replyTo) implements Command {}

  /** A query has ended, and has shown this of the upstreams. */
  record Learn(Observation observed) implements Command {}

  private record HealthChanged(UpstreamId upstream, Health health) implements Command {}

  /**
   * How the load balancer asks.
   *
   * @param negativesWithout whether clients get a "no" that was found without servers that are down
   * @param hedgeBudget limits the attempts that are made only because a server is slow
   * @param patience the time after which these attempts are made in any case; more than half the
   *     deadline counts as half the deadline
   */
  public record Asking(
      boolean negativesWithout,
      Policy policy,
      Experience experience,
      HedgeBudget hedgeBudget,
      Duration patience) {}

  private final Asking asking;
  private final NanoClock clock;
  private final QueryCoordinator.Shared shared;
  private long queries;

  /** Creates a balancer that asks {@code upstreams}, 1 to 64 with different ids. */
  public static Behavior<Command> create(List<Upstream> upstreams, Asking asking, NanoClock clock) {
    return Behaviors.setup(context -> new LoadBalancer(context, upstreams, asking, clock));
  }

  private LoadBalancer(
      ActorContext<Command> context, List<Upstream> upstreams, Asking asking, NanoClock clock) {
    super(context);
    this.asking = asking;
    this.clock = clock;
    Map<UpstreamId, Upstream> byId = new LinkedHashMap<>();
    Map<UpstreamId, Health> allUp = new LinkedHashMap<>();
    ActorRef<TsProxy.HealthChanged> watcher =
        context.messageAdapter(
            TsProxy.HealthChanged.class, news -> new HealthChanged(news.upstream(), news.health()));
    for (Upstream upstream : upstreams) {
      byId.put(upstream.id(), upstream);
      allUp.put(upstream.id(), Health.UP);
      upstream.proxy().tell(new TsProxy.Watch(watcher));
    }
    Running running =
        new Running(
            Collections.unmodifiableMap(allUp),
            asking.policy().learns() ? Optional.of(context.getSelf()) : Optional.empty());
    this.shared = new QueryCoordinator.Shared(byId, asking.hedgeBudget(), clock, running);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Resolve.class, this::onResolve)
        .onMessage(Learn.class, this::onLearn)
        .onMessage(HealthChanged.class, this::onHealthChanged)
        .build();
  }

  /** A defect of ours that a query meets fails that query at once, and nothing else. */
  private Behavior<Command> onResolve(Resolve message) {
    try {
      start(message);
    } catch (RuntimeException e) {
      getContext().getLog().error("a query could not be taken", e);
      message.replyTo().tell(Outcome.INTERNAL_ERROR);
    }
    return this;
  }

  private void start(Resolve message) {
    Query query = message.query();
    asking.hedgeBudget().earn();
    long now = clock.nanos();
    Circumstances circumstances =
        new Circumstances(query.question().name(), shared.running().health(), this::inFlight, now);
    Plan plan = asking.policy().plan(circumstances, asking.experience());
    asking.experience().begin(plan, now);
    QueryCoordinator.Task task =
        new QueryCoordinator.Task(++queries, query, terms(query), plan, message.replyTo());
    getContext().spawnAnonymous(QueryCoordinator.create(task, shared));
  }

  private int inFlight(UpstreamId upstream) {
    return shared.upstreams().get(upstream).budget().inFlight();
  }

  /**
   * When all upstreams are down, a text query still waits for its deadline. The text protocol has
   * no other word for it than TIMED OUT, and a server whose connection comes back is asked.
   */
  private Race.Terms terms(Query query) {
    // An upstream that is asked after the patience must still have time to answer.
    long half = query.deadline().toNanos() / 2;
    Duration patience =
        asking.patience().toNanos() < half ? asking.patience() : Duration.ofNanos(half);
    return new Race.Terms(
        query.deadline(),
        patience,
        query.protocol() == Query.Protocol.TEXT,
        asking.negativesWithout());
  }

  private Behavior<Command> onLearn(Learn message) {
    asking.experience().learn(message.observed(), clock.nanos());
    return this;
  }

  /** Tells also the running queries, which may be waiting for a server that is now down. */
  private Behavior<Command> onHealthChanged(HealthChanged message) {
    shared.running().become(message.upstream(), message.health());
    return this;
  }
}
