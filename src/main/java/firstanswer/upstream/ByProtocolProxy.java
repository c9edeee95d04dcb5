package firstanswer.upstream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.Health;
import firstanswer.resolver.Resolver;

/**
 * The TsProxy of a table server elsewhere that listens for both protocols: each question goes there
 * in its own, so that it meets that protocol's manners.
 */
public final class ByProtocolProxy {
  private ByProtocolProxy() {}

  /** Passes every question on to the proxy of its protocol. */
  public static Behavior<Resolver.Command> create(
      ActorRef<Resolver.Command> text, ActorRef<Resolver.Command> dns) {
    return Behaviors.receive(Resolver.Command.class)
        .onMessage(
            Resolver.Resolve.class,
            query -> {
              (isText(query.question()) ? text : dns).tell(query);
              return Behaviors.same();
            })
        // Its process is up for both or for none, and DNS tells sooner.
        .onMessage(
            Health.Watch.class,
            watch -> {
              dns.tell(watch);
              return Behaviors.same();
            })
        .onMessage(
            Resolver.Forget.class,
            message -> {
              (isText(message.query().question()) ? text : dns).tell(message);
              return Behaviors.same();
            })
        .build();
  }

  private static boolean isText(Question question) {
    return question.manner() == Manner.Text.TEXT;
  }
}
