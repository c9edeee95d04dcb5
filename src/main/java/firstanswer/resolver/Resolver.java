package firstanswer.resolver;

import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.Question;

/** The protocol of whoever answers questions. */
public final class Resolver {
  private Resolver() {}

  /** A message to a resolver; a resolver has its own beside {@link Resolve}. */
  public interface Command {}

  /** A question. It gets at most one answer, and none when the resolver has nothing to say. */
  public record Resolve(Question question, ActorRef<Answer> replyTo) implements Command {}

  /** Whoever sent that very {@code query} needs no answer any more. */
  public record Forget(Resolve query) implements Command {}
}
