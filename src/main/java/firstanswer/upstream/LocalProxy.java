package firstanswer.upstream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import firstanswer.resolver.Health;
import firstanswer.resolver.Resolver;

/** The TsProxy of a table server in this process. */
public final class LocalProxy {
  private LocalProxy() {}

  /** Passes every question on; the table server, which is always up, answers whoever asked. */
  public static Behavior<Resolver.Command> create(ActorRef<Resolver.Command> tableServer) {
    return Behaviors.receive(Resolver.Command.class)
        .onMessage(
            Resolver.Resolve.class,
            query -> {
              tableServer.tell(query);
              return Behaviors.same();
            })
        .onMessage(Health.Watch.class, watch -> Behaviors.same())
        // It keeps no question, so it has none to forget.
        .onMessage(Resolver.Forget.class, query -> Behaviors.same())
        .build();
  }
}
