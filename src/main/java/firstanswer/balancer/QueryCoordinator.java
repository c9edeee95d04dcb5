package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.util.Timeout;
import firstanswer.dns.Answer;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.Health;
import firstanswer.resolver.Resolver;
import java.util.Arrays;
import java.util.List;
import scala.reflect.ClassTag;

/**
 * Lives for one query: asks every upstream at once, replies once with the answer that wins, and
 * stops.
 *
 * <p>Three things can end it: an answer that wins, the last of the answers, and the deadline, which
 * is set at birth. Each ends in {@link #reply}, which stops the actor, so there is no second reply;
 * what is said later, by a slow upstream or twice, finds no actor and changes nothing.
 */
public final class QueryCoordinator extends AbstractBehavior<QueryCoordinator.Command> {

  /** What the coordinator hears. */
  public sealed interface Command {}

  /** An upstream, by its place in the list, has spoken, or has let its ask time out. */
  private record Answered(int upstream, Answer answer) implements Command {}

  /** The health of the upstreams, one entry each, has changed. */
  record HealthChanged(List<Health> health) implements Command {}

  private enum Deadline implements Command {
    REACHED
  }

  private static final ClassTag<Answer> ANSWER = ClassTag.apply(Answer.class);

  private final ActorRef<Answer> replyTo;
  private final List<Upstream> upstreams;
  private final Question question;
  private final LoadBalancer.Rules rules;
  private final Resolver.Resolve[] attempts;
  private final Answer[] said;
  private List<Health> health;

  /**
   * A coordinator that replies to {@code query} within its deadline.
   *
   * @param upstreams 1 to 64
   * @param health of each
   */
  public static Behavior<Command> create(
      Resolver.Resolve query,
      List<Upstream> upstreams,
      List<Health> health,
      LoadBalancer.Rules rules) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer(Deadline.REACHED, rules.deadline(query.question()));
                  return new QueryCoordinator(context, query, upstreams, health, rules);
                }));
  }

  private QueryCoordinator(
      ActorContext<Command> context,
      Resolver.Resolve query,
      List<Upstream> upstreams,
      List<Health> health,
      LoadBalancer.Rules rules) {
    super(context);
    this.question = query.question();
    this.health = health;
    this.replyTo = query.replyTo();
    this.upstreams = upstreams;
    this.rules = rules;
    this.attempts = new Resolver.Resolve[upstreams.size()];
    this.said = new Answer[upstreams.size()];
    Arrays.fill(said, Answer.Silence.SILENT);
    Timeout timeout = Timeout.create(rules.deadline(question));
    for (int i = 0; i < said.length; i++) {
      ask(i, upstreams.get(i), query, timeout);
    }
    if (!health.stream().allMatch(Health::counts)) {
      // Perhaps there is nobody to wait for.
      context.getSelf().tell(new HealthChanged(health));
    }
  }

  /**
   * Asks in the Scala API, which runs the reply on the thread that brings it; the Java one goes by
   * way of the common pool.
   */
  private void ask(int index, Upstream upstream, Resolver.Resolve query, Timeout timeout) {
    getContext()
        .asScala()
        .<Resolver.Command, Answer>ask(
            upstream.proxy(),
            replyTo -> attempts[index] = new Resolver.Resolve(query.question(), replyTo),
            result -> new Answered(index, result.getOrElse(() -> Answer.Silence.SILENT)),
            timeout,
            ANSWER);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(HealthChanged.class, this::onHealthChanged)
        .onMessage(Deadline.class, this::onDeadline)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onAnswered(Answered message) {
    said[message.upstream()] = message.answer();
    return replyIfDecided();
  }

  private Behavior<Command> onHealthChanged(HealthChanged message) {
    health = message.health();
    return replyIfDecided();
  }

  /**
   * In the text protocol, where there is no other word for it than TIMED OUT, and a server that has
   * lost its connection is asked when it has another, the deadline is waited for when all are down.
   */
  private Behavior<Command> replyIfDecided() {
    return Verdict.of(Arrays.asList(said), i -> health.get(i).counts())
        .filter(answer -> answer != Verdict.ALL_DOWN || question.manner() != Manner.Text.TEXT)
        .map(this::withReasons)
        .map(this::reply)
        .orElse(this);
  }

  /** A "no", or a failure, that was come to without those that are down says so. */
  private Answer withReasons(Answer answer) {
    String down = Explanation.ofDown(upstreams, Arrays.asList(said), health);
    if (answer == Verdict.ALL_DOWN) {
      return new Answer.Failure(down);
    }
    if (down.isEmpty() || !(answer instanceof Answer.Negative negative)) {
      return answer;
    }
    return rules.negativesWithout()
        ? new Answer.Negative(negative.kind(), negative.message(), "without " + down)
        : new Answer.TimedOut(negative.kind() + " without " + down);
  }

  private Behavior<Command> onDeadline(Deadline message) {
    return reply(
        new Answer.TimedOut(
            Explanation.of(upstreams, Arrays.asList(said), rules.deadline(question))));
  }

  private Behavior<Command> reply(Answer answer) {
    replyTo.tell(answer);
    return Behaviors.stopped();
  }

  /** However it ends: who has not spoken need not keep the question any longer. */
  private Behavior<Command> onPostStop(PostStop signal) {
    for (int i = 0; i < said.length; i++) {
      if (said[i] == Answer.Silence.SILENT) {
        upstreams.get(i).proxy().tell(new Resolver.Forget(attempts[i]));
      }
    }
    return this;
  }
}
