package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import firstanswer.resolver.Query;
import firstanswer.resolver.Transcript;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The coordinators that run, so that all can be told news. Holds one entry a query in flight, which
 * the front ends bound. For any thread: a coordinator enters and leaves without a message, which
 * would be one more for each query.
 */
final class Running {
  private final Map<Long, ActorRef<QueryCoordinator.Command>> coordinators =
      new ConcurrentHashMap<>();
  private final Optional<ActorRef<LoadBalancer.Command>> learner;

  /** None yet; {@code learner} hears how each query ended, if the policy learns. */
  Running(Optional<ActorRef<LoadBalancer.Command>> learner) {
    this.learner = learner;
  }

  void add(long query, ActorRef<QueryCoordinator.Command> coordinator) {
    coordinators.put(query, coordinator);
  }

  void remove(long query) {
    coordinators.remove(query);
  }

  void tellAll(QueryCoordinator.Command news) {
    coordinators.values().forEach(coordinator -> coordinator.tell(news));
  }

  /** A query has got its reply. */
  void ended(Query query, Transcript transcript) {
    if (learner.isPresent()) {
      learner.get().tell(new LoadBalancer.Ended(query, transcript));
    }
  }
}
