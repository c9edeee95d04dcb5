package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import firstanswer.resolver.Resolver;

/**
 * A server that the load balancer asks.
 *
 * @param name what the configuration calls it
 * @param proxy the TsProxy that stands for it
 */
public record Upstream(String name, ActorRef<Resolver.Command> proxy) {}
