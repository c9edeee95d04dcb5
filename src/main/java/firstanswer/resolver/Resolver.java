package firstanswer.resolver;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Scheduler;
import akka.actor.typed.scaladsl.AskPattern;
import akka.util.Timeout;
import firstanswer.dns.Answer;
import firstanswer.dns.Question;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import scala.concurrent.ExecutionContext;

/** The protocol of whoever answers questions. */
public final class Resolver {
  private Resolver() {}

  /** A message to a resolver; a resolver has its own beside {@link Resolve}. */
  public interface Command {}

  /** A question. It gets at most one answer, and none when the resolver has nothing to say. */
  public record Resolve(Question question, ActorRef<Answer> replyTo) implements Command {}

  /** Whoever sent that {@code query} needs no answer any more. */
  public record Forget(Resolve query) implements Command {}

  /**
   * Asks from outside an actor. Completes with the answer, or with TIMED OUT when there is none
   * within {@code timeout}; never exceptionally.
   *
   * <p>This is Akka's typed ask, without its Java wrapper: the stages that the wrapper returns run
   * what is chained to them on the common pool, which on JDK 17 with two processors starts a thread
   * for each call.
   */
  public static CompletionStage<Answer> ask(
      ActorRef<Command> resolver, Question question, Duration timeout, Scheduler scheduler) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    new AskPattern.Askable<>(resolver)
        .<Answer>ask(replyTo -> new Resolve(question, replyTo), Timeout.create(timeout), scheduler)
        .onComplete(
            result -> answer.complete(result.getOrElse(() -> Answer.NoAnswer.TIMED_OUT)),
            ExecutionContext.parasitic$.MODULE$);
    return answer;
  }
}
