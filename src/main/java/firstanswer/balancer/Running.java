package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import firstanswer.resolver.Query;
import firstanswer.resolver.Transcript;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The coordinators that run now, so that the load balancer can tell all of them news. Holds one
 * entry for each query in flight, a number that the front ends limit. Safe for many threads, so
 * coordinators enter and leave without a message: that would be one more message for each query.
 */
final class Running {
  private final Map<Long, ActorRef<QueryCoordinator.Command>> coordinators =
      new ConcurrentHashMap<>();
  private final Optional<ActorRef<LoadBalancer.Command>> learner;

  /**
   * Starts empty. {@code learner} hears how each query ended; empty if the policy learns nothing.
   */
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

  /** Tells the learner that {@code query} has got its reply. */
  void ended(Query query, Transcript transcript) {
    if (learner.isPresent()) {
      learner.get().tell(new LoadBalancer.Ended(query, transcript));
    }
  }
}
