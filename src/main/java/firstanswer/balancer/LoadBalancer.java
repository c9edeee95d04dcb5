package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.clock.NanoClock;
import firstanswer.congestion.Congestion;
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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.Type;

/**
 * The load-balancing server, LS: gives each query a plan and a coordinator of its own. The front
 * ends bound the queries in flight.
 */
public final class LoadBalancer extends AbstractBehavior<LoadBalancer.Command> {

  /** The messages to the load balancer. */
  public sealed interface Command {}

  /** Resolves a query; the outcome comes within the query's deadline. */
  public record Resolve(Query query, Congestion.Way way, ActorRef<Outcome> replyTo)
      implements Command {}

  /** A query has ended; {@code observed} is the experience to learn. */
  record Learn(Observation observed) implements Command {}

  private record HealthChanged(TsProxy.HealthChanged news) implements Command {}

  /**
   * The rules by which the load balancer asks.
   *
   * @param negativesWithout whether clients get a "no" while a server is missing
   * @param hedgeBudget limits the attempts whose only reason is a slow server
   * @param patience the time after which these attempts need no budget; at most half the deadline
   *     takes effect
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

  /** The upstreams that hold addresses only. */
  private final Set<UpstreamId> addressOnly;

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
    upstreams.forEach(upstream -> byId.put(upstream.id(), upstream));
    this.addressOnly =
        byId.keySet().stream()
            .filter(id -> byId.get(id).holdsAddressesOnly())
            .collect(Collectors.toUnmodifiableSet());
    this.shared =
        new QueryCoordinator.Shared(
            byId,
            new KnownHealth(byId.keySet()),
            asking.hedgeBudget(),
            clock,
            asking.policy().learns() ? Optional.of(context.getSelf()) : Optional.empty());
    ActorRef<TsProxy.HealthChanged> watcher =
        context.messageAdapter(TsProxy.HealthChanged.class, HealthChanged::new);
    TsProxy.Watch watch = new TsProxy.Watch(watcher, EnumSet.allOf(Query.Protocol.class));
    upstreams.forEach(upstream -> upstream.proxy().tell(watch));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Resolve.class, this::onResolve)
        .onMessage(Learn.class, this::onLearn)
        .onMessage(HealthChanged.class, this::onHealthChanged)
        .build();
  }

  /** If a query meets a defect of ours, only this query fails, at once. */
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
    Map<UpstreamId, Health> health = shared.health().of(query.protocol());
    Circumstances circumstances =
        new Circumstances(query.question().name(), health, this::inFlight, now);
    Plan plan = asking.policy().plan(circumstances, asking.experience());
    asking.experience().begin(plan, now);
    Race.Step start = Race.begin(terms(query), plan, health, now);
    QueryCoordinator.Task task =
        new QueryCoordinator.Task(++queries, query, message.way(), start, message.replyTo());
    getContext().spawnAnonymous(QueryCoordinator.create(task, shared));
  }

  private int inFlight(UpstreamId upstream) {
    return shared.upstreams().get(upstream).budget().inFlight();
  }

  /**
   * When all upstreams are down, a text query still waits for its deadline. The text protocol has
   * no other reply than TIMED OUT, and a server whose connection comes back still gets the query.
   */
  private Race.Terms terms(Query query) {
    // Leaves an upstream that is asked after the patience the time to answer.
    long half = query.deadline().toNanos() / 2;
    Duration patience =
        asking.patience().toNanos() < half ? asking.patience() : Duration.ofNanos(half);
    return new Race.Terms(
        query.deadline(),
        patience,
        query.protocol() == Query.Protocol.TEXT,
        asking.negativesWithout(),
        query.question().type() == Type.A ? Set.of() : addressOnly);
  }

  private Behavior<Command> onLearn(Learn message) {
    asking.experience().learn(message.observed(), clock.nanos());
    return this;
  }

  private Behavior<Command> onHealthChanged(HealthChanged message) {
    TsProxy.HealthChanged news = message.news();
    shared.health().change(news.upstream(), news.protocols(), news.health());
    return this;
  }
}
