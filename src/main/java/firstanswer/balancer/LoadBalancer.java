package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.race.AllAtOnce;
import firstanswer.race.Circumstances;
import firstanswer.race.Experience;
import firstanswer.race.Experience.Outcome;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Plan;
import firstanswer.race.Policy;
import firstanswer.race.Race;
import firstanswer.resolver.Health;
import firstanswer.resolver.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The load-balancing server, LS: gives each query a plan and a coordinator of its own. How many
 * queries are in flight is bounded by the front ends, which hold back what is too much.
 */
public final class LoadBalancer extends AbstractBehavior<Resolver.Command> {
  private record Learn(Outcome outcome) implements Resolver.Command {}

  private final Policy policy;
  private final Experience experience;
  private final HedgeBudget hedgeBudget;
  private final QueryCoordinator.Shared shared;
  private final Race.Terms textTerms;
  private final Race.Terms dnsTerms;

  /** One entry an upstream; replaced whole when one changes, so that coordinators can have it. */
  private List<Health> health;

  /**
   * How it answers.
   *
   * @param textDeadline within which a question is answered that was asked in the text protocol
   * @param dnsDeadline the same for DNS
   * @param negativesWithout whether a "no" is passed on that was said without servers that are down
   */
  public record Rules(Duration textDeadline, Duration dnsDeadline, boolean negativesWithout) {
    /** The longer deadline: by then, whatever is in flight has its answer. */
    public Duration longestDeadline() {
      return textDeadline.compareTo(dnsDeadline) > 0 ? textDeadline : dnsDeadline;
    }
  }

  /**
   * Whom it asks, and when.
   *
   * @param experience of as many upstreams as there are
   * @param hedgeBudget for the attempts that are made because a server is slow
   * @param patience after which they are made in any case; half the deadline at the most
   */
  public record Asking(
      Policy policy, Experience experience, HedgeBudget hedgeBudget, Duration patience) {
    /** All of {@code upstreams} at once. */
    public static Asking allAtOnce(int upstreams) {
      return new Asking(
          new AllAtOnce(upstreams),
          new Experience(upstreams, 1, 1, Duration.ZERO),
          new HedgeBudget(0),
          Duration.ZERO);
    }
  }

  /** A balancer that asks {@code upstreams}. */
  public static Behavior<Resolver.Command> create(
      List<Upstream> upstreams, Rules rules, Asking asking) {
    return Behaviors.setup(context -> new LoadBalancer(context, upstreams, rules, asking));
  }

  private LoadBalancer(
      ActorContext<Resolver.Command> context,
      List<Upstream> upstreams,
      Rules rules,
      Asking asking) {
    super(context);
    this.policy = asking.policy();
    this.experience = asking.experience();
    this.hedgeBudget = asking.hedgeBudget();
    ActorRef<Resolver.Command> self = context.getSelf();
    Optional<Consumer<Outcome>> learn =
        policy.learns() ? Optional.of(outcome -> self.tell(new Learn(outcome))) : Optional.empty();
    this.shared = new QueryCoordinator.Shared(List.copyOf(upstreams), hedgeBudget, learn);
    List<String> names = upstreams.stream().map(Upstream::name).toList();
    boolean without = rules.negativesWithout();
    Duration text = rules.textDeadline();
    Duration dns = rules.dnsDeadline();
    this.textTerms = new Race.Terms(names, text, patience(asking, text), true, without);
    this.dnsTerms = new Race.Terms(names, dns, patience(asking, dns), false, without);
    this.health = Collections.nCopies(upstreams.size(), Health.UP);
    for (int i = 0; i < upstreams.size(); i++) {
      upstreams.get(i).proxy().tell(new Health.Watch(i, self));
    }
  }

  /** Whoever is asked then must have time to answer. */
  private static Duration patience(Asking asking, Duration deadline) {
    Duration half = deadline.dividedBy(2);
    return asking.patience().compareTo(half) < 0 ? asking.patience() : half;
  }

  @Override
  public Receive<Resolver.Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Resolver.Resolve.class, this::onResolve)
        .onMessage(Learn.class, this::onLearn)
        .onMessage(Health.Changed.class, this::onHealthChanged)
        .build();
  }

  private Behavior<Resolver.Command> onResolve(Resolver.Resolve query) {
    hedgeBudget.earn();
    long now = System.nanoTime();
    Plan plan =
        policy.plan(
            new Circumstances(query.question().name(), health, this::inFlight, now), experience);
    experience.begin(plan, now);
    Race.Step start = Race.begin(terms(query.question()), plan, health);
    getContext().spawnAnonymous(QueryCoordinator.create(query, start, shared));
    return this;
  }

  private int inFlight(int upstream) {
    return shared.upstreams().get(upstream).budget().inFlight();
  }

  /**
   * In the text protocol, where there is no other word for it than TIMED OUT, and a server that has
   * lost its connection is asked when it has another, the deadline is waited for when all are down.
   */
  private Race.Terms terms(Question question) {
    return question.manner() == Manner.Text.TEXT ? textTerms : dnsTerms;
  }

  private Behavior<Resolver.Command> onLearn(Learn message) {
    experience.learn(message.outcome(), System.nanoTime());
    return this;
  }

  /** Those who wait for a server that is down need to know, too. */
  private Behavior<Resolver.Command> onHealthChanged(Health.Changed message) {
    List<Health> changed = new ArrayList<>(health);
    changed.set(message.upstream(), message.health());
    health = List.copyOf(changed);
    QueryCoordinator.HealthChanged news = new QueryCoordinator.HealthChanged(health);
    for (ActorRef<Void> coordinator : getContext().getChildren()) {
      coordinator.<QueryCoordinator.Command>unsafeUpcast().tell(news);
    }
    return this;
  }
}
