package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import java.util.Collections;
import java.util.LinkedHashMap;
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
  private volatile Map<UpstreamId, Health> health;

  /**
   * Starts empty.
   *
   * @param health of each upstream, in the order of the configuration
   * @param learner hears what each query has shown; empty if the policy learns nothing
   */
  Running(Map<UpstreamId, Health> health, Optional<ActorRef<LoadBalancer.Command>> learner) {
    this.health = health;
    this.learner = learner;
  }

  /**
   * A coordinator begins. From now on, it hears of changes; returns the health until then. In this
   * order, no change is lost between the two.
   */
  Map<UpstreamId, Health> add(long query, ActorRef<QueryCoordinator.Command> coordinator) {
    coordinators.put(query, coordinator);
    return health;
  }

  void remove(long query) {
    coordinators.remove(query);
  }

  Map<UpstreamId, Health> health() {
    return health;
  }

  /** The health of one upstream has changed: all that run hear of it. Only the balancer calls. */
  void become(UpstreamId upstream, Health changed) {
    Map<UpstreamId, Health> all = new LinkedHashMap<>(health);
    all.put(upstream, changed);
    health = Collections.unmodifiableMap(all);
    QueryCoordinator.HealthChanged news = new QueryCoordinator.HealthChanged(upstream, changed);
    coordinators.values().forEach(coordinator -> coordinator.tell(news));
  }

  Optional<ActorRef<LoadBalancer.Command>> learner() {
    return learner;
  }
}
