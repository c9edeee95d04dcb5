package firstanswer.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Scheduler;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.scaladsl.AskPattern;
import akka.util.Timeout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import scala.concurrent.ExecutionContext;
import scala.reflect.ClassTag;

/**
 * Akka's typed ask in its Scala form. The stages of the Java form run their continuations on the
 * common pool, which starts a thread for each call on JDK 17 with two processors. The stages of
 * this class run them on the thread that brings the reply.
 */
public final class Ask {
  private Ask() {}

  /**
   * Asks from within an actor.
   *
   * @param request makes the message, given the reference for the reply
   * @param onReply makes the actor's own message from the reply
   * @param onTimeout makes the actor's own message if no reply comes in time
   */
  public static <Q, A, M> void from(
      ActorContext<M> context,
      ActorRef<Q> target,
      Request<Q, A> request,
      Function<A, M> onReply,
      Supplier<M> onTimeout,
      Timing<A> timing) {
    context
        .asScala()
        .<Q, A>ask(
            target,
            request::to,
            reply -> reply.isSuccess() ? onReply.apply(reply.get()) : onTimeout.get(),
            timing.timeout(),
            timing.type());
  }

  /** Makes a message that asks for a reply. */
  @FunctionalInterface
  public interface Request<Q, A> {
    /** The message whose reply goes to {@code replyTo}. */
    Q to(ActorRef<A> replyTo);
  }

  /** The time to wait for a reply, and the type of the reply. */
  public record Timing<A>(Timeout timeout, ClassTag<A> type) {}

  /**
   * Asks from outside an actor. The stage never fails.
   *
   * @param onTimeout makes a reply if no reply comes in time
   */
  public static <Q, A> CompletionStage<A> from(
      Scheduler scheduler,
      ActorRef<Q> target,
      Request<Q, A> request,
      Supplier<A> onTimeout,
      Timeout timeout) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    new AskPattern.Askable<>(target)
        .<A>ask(request::to, timeout, scheduler)
        .onComplete(
            reply -> answer.complete(reply.isSuccess() ? reply.get() : onTimeout.get()),
            ExecutionContext.parasitic$.MODULE$);
    return answer;
  }
}
