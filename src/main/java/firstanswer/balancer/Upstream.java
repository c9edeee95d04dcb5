package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import firstanswer.resolver.Resolver;

/**
 * A server that the load balancer asks.
 *
 * @param name what the configuration calls it
 * @param proxy the TsProxy that stands for it
 * @param budget what it may be asked
 * @param silentMisses whether it may say no by saying nothing, as servers of the text protocol do
 */
public record Upstream(
    String name, ActorRef<Resolver.Command> proxy, Budget budget, boolean silentMisses) {

  /** A server that may be asked as much as there is. */
  public Upstream(String name, ActorRef<Resolver.Command> proxy) {
    this(name, proxy, Budget.unlimited(), false);
  }
}
