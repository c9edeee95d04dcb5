package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.Health;
import firstanswer.resolver.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The load-balancing server, LS: gives each query a coordinator of its own. How many queries are in
 * flight is bounded by the front ends, which hold back what is too much.
 */
public final class LoadBalancer extends AbstractBehavior<Resolver.Command> {
  private final List<Upstream> upstreams;
  private final Rules rules;

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

    Duration deadline(Question question) {
      return question.manner() == Manner.Text.TEXT ? textDeadline : dnsDeadline;
    }
  }

  /** A balancer that asks all of {@code upstreams}. */
  public static Behavior<Resolver.Command> create(List<Upstream> upstreams, Rules rules) {
    return Behaviors.setup(context -> new LoadBalancer(context, upstreams, rules));
  }

  private LoadBalancer(
      ActorContext<Resolver.Command> context, List<Upstream> upstreams, Rules rules) {
    super(context);
    this.upstreams = List.copyOf(upstreams);
    this.rules = rules;
    this.health = Collections.nCopies(upstreams.size(), Health.UP);
    for (int i = 0; i < upstreams.size(); i++) {
      upstreams.get(i).proxy().tell(new Health.Watch(i, context.getSelf()));
    }
  }

  @Override
  public Receive<Resolver.Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Resolver.Resolve.class, this::onResolve)
        .onMessage(Health.Changed.class, this::onHealthChanged)
        .build();
  }

  private Behavior<Resolver.Command> onResolve(Resolver.Resolve query) {
    getContext().spawnAnonymous(QueryCoordinator.create(query, upstreams, health, rules));
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
