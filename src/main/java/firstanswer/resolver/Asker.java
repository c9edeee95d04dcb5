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

/** Whom those ask who are no actors. */
@FunctionalInterface
public interface Asker {

  /** Completes with the answer to {@code question}; in time, and never exceptionally. */
  CompletionStage<Answer> ask(Question question);

  /**
   * Asks {@code resolver}. When it has nothing to say within {@code timeout}, the answer is TIMED
   * OUT.
   *
   * <p>This is Akka's typed ask, without its Java wrapper: the stages that the wrapper returns run
   * what is chained to them on the common pool, which on JDK 17 with two processors starts a thread
   * for each call.
   */
  static Asker of(ActorRef<Resolver.Command> resolver, Duration timeout, Scheduler scheduler) {
    Timeout within = Timeout.create(timeout);
    return question -> {
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      new AskPattern.Askable<>(resolver)
          .<Answer>ask(replyTo -> new Resolver.Resolve(question, replyTo), within, scheduler)
          .onComplete(
              result -> answer.complete(result.getOrElse(() -> new Answer.TimedOut("no answer"))),
              ExecutionContext.parasitic$.MODULE$);
      return answer;
    };
  }
}
