package firstanswer.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Scheduler;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.scaladsl.AskPattern;
import akka.util.Timeout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import scala.concurrent.ExecutionContext;

/**
 * An ask that an actor may give up. It is Akka's typed ask in its Scala form. The stages of the
 * Java form run their continuations on the common pool, which starts a thread for each call on JDK
 * 17 with two processors. The stages of this class run them on the thread that brings the reply.
 */
public final class Ask<A> {
  /** Takes the reply to the asker; null once the reply has come or was given up. */
  private volatile Consumer<? super A> asker;

  private ActorRef<A> replyTo;

  private Ask(Consumer<? super A> asker) {
    this.asker = asker;
  }

  /**
   * Asks from within an actor.
   *
   * @param request makes the message, given the reference for the reply
   * @param onReply makes the actor's own message from the reply
   * @param onTimeout makes a reply if no reply comes in time
   */
  public static <Q, A, M> Ask<A> from(
      ActorContext<M> context,
      ActorRef<Q> target,
      Request<Q, A> request,
      Function<A, M> onReply,
      Supplier<A> onTimeout,
      Timeout timeout) {
    ActorRef<M> self = context.getSelf();
    Ask<A> ask = new Ask<>(reply -> self.tell(onReply.apply(reply)));
    new AskPattern.Askable<>(target)
        .<A>ask(
            replyTo -> {
              ask.replyTo = replyTo;
              return request.to(replyTo);
            },
            timeout,
            context.getSystem().scheduler())
        .onComplete(
            reply -> {
              ask.onReply(reply.isSuccess() ? reply.get() : onTimeout.get());
              return null;
            },
            ExecutionContext.parasitic$.MODULE$);
    return ask;
  }

  private void onReply(A reply) {
    Consumer<? super A> receiver = asker;
    asker = null;
    if (receiver != null) {
      receiver.accept(reply);
    }
  }

  /**
   * Gives the reply up. Without this, the ask would stay in memory until its time-out.
   *
   * @param any a reply, which the asker does not get
   */
  public void giveUp(A any) {
    if (asker != null) {
      asker = null;
      replyTo.tell(any);
    }
  }

  /** Makes a message that asks for a reply. */
  @FunctionalInterface
  public interface Request<Q, A> {
    /** The message whose reply goes to {@code replyTo}. */
    Q to(ActorRef<A> replyTo);
  }

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
