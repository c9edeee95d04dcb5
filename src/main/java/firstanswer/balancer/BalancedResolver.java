package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Scheduler;
import akka.util.Timeout;
import firstanswer.actor.Ask;
import firstanswer.congestion.Congestion;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Resolver;
import firstanswer.resolver.Transcript;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The end of the chain: hands each query to the load balancer. */
public final class BalancedResolver implements Resolver {
  /** The time to wait beyond the query's deadline, in case the load balancer has failed. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final Outcome NO_ANSWER =
      new Outcome(Reply.Unanswered.TIMED_OUT, Transcript.EMPTY);

  private final ActorRef<LoadBalancer.Command> balancer;
  private final Scheduler scheduler;
  private final Congestion congestion;

  /** Creates a resolver that asks {@code balancer}, and tells {@code congestion} of each query. */
  public BalancedResolver(
      ActorRef<LoadBalancer.Command> balancer, Scheduler scheduler, Congestion congestion) {
    this.balancer = balancer;
    this.scheduler = scheduler;
    this.congestion = congestion;
  }

  @Override
  public CompletionStage<Outcome> resolve(Query query) {
    Congestion.Way way = congestion.begin();
    CompletionStage<Outcome> outcome =
        Ask.from(
            scheduler,
            balancer,
            (ActorRef<Outcome> replyTo) -> new LoadBalancer.Resolve(query, way, replyTo),
            () -> NO_ANSWER,
            Timeout.create(query.deadline().plus(GRACE)));
    outcome.whenComplete((told, failure) -> way.end());
    return outcome;
  }
}
