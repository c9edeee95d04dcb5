package firstanswer.balancer;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.util.Timeout;
import firstanswer.dns.Answer;
import firstanswer.race.Experience.Outcome;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Race;
import firstanswer.resolver.Health;
import firstanswer.resolver.Resolver;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import scala.reflect.ClassTag;

/**
 * Lives for one query: carries out what its {@link Race} decides, that is, asks the upstreams whose
 * turn it is, replies once with the answer that wins, and stops.
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

  private enum LookAgain implements Command {
    LOOK_AGAIN
  }

  private enum Timer implements Command {
    DELAY,
    DEADLINE
  }

  /**
   * What all coordinators of a load balancer share.
   *
   * @param upstreams 1 to 64
   * @param learn is told what each query has shown, if anybody wants to know
   */
  record Shared(
      List<Upstream> upstreams, HedgeBudget hedgeBudget, Optional<Consumer<Outcome>> learn) {}

  private static final ClassTag<Answer> ANSWER = ClassTag.apply(Answer.class);

  private final TimerScheduler<Command> timers;
  private final Resolver.Resolve query;
  private final Shared shared;
  private final Attempts attempts;
  private final Timeout timeout;
  private Race race;

  /** A coordinator that replies to {@code query}, beginning with {@code start}. */
  static Behavior<Command> create(Resolver.Resolve query, Race.Step start, Shared shared) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer(Timer.DEADLINE, start.race().terms().deadline());
                  QueryCoordinator coordinator =
                      new QueryCoordinator(context, timers, query, start.race(), shared);
                  return coordinator.begin(start);
                }));
  }

  private QueryCoordinator(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Resolver.Resolve query,
      Race race,
      Shared shared) {
    super(context);
    this.timers = timers;
    this.query = query;
    this.shared = shared;
    this.race = race;
    this.timeout = Timeout.create(race.terms().deadline());
    this.attempts = new Attempts(shared.upstreams(), query.question());
  }

  private Behavior<Command> begin(Race.Step start) {
    if (!race.health().stream().allMatch(Health::counts)) {
      // Perhaps there is nobody to wait for; and news of their health may already be on its way.
      getContext().getSelf().tell(LookAgain.LOOK_AGAIN);
    }
    return carryOut(start);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(HealthChanged.class, this::onHealthChanged)
        .onMessageEquals(LookAgain.LOOK_AGAIN, this::onLookAgain)
        .onMessageEquals(Timer.DELAY, this::onDelay)
        .onMessageEquals(Timer.DEADLINE, this::onDeadline)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onAnswered(Answered message) {
    attempts.end(message.upstream(), message.answer());
    return carryOut(race.onAnswer(message.upstream(), message.answer()));
  }

  private Behavior<Command> onHealthChanged(HealthChanged message) {
    return carryOut(race.onHealth(message.health()));
  }

  private Behavior<Command> onLookAgain() {
    return carryOut(race.onHealth(race.health()));
  }

  private Behavior<Command> onDelay() {
    boolean saidNo =
        race.lastAsked().stream().anyMatch(i -> upstream(i).missesInSilence(query.question()));
    boolean granted = saidNo || shared.hedgeBudget().tryTake(race.nextAttempts());
    return carryOut(race.onDelay(granted));
  }

  private Behavior<Command> onDeadline() {
    return carryOut(race.onDeadline());
  }

  private Behavior<Command> carryOut(Race.Step step) {
    race = step.race();
    long now = System.nanoTime();
    if (!step.ask().isEmpty()) {
      timers.cancel(Timer.DELAY);
      step.ask().forEach(index -> ask(index, now));
    }
    step.delay().ifPresent(delay -> timers.startSingleTimer(Timer.DELAY, delay));
    return step.reply().map(this::reply).orElse(this);
  }

  private Upstream upstream(int index) {
    return shared.upstreams().get(index);
  }

  /**
   * Asks in the Scala API, which runs the reply on the thread that brings it; the Java one goes by
   * way of the common pool.
   */
  private void ask(int index, long now) {
    if (!upstream(index).budget().tryTake()) {
      getContext().getSelf().tell(new Answered(index, Answer.Abstention.OVER_BUDGET));
      return;
    }
    getContext()
        .asScala()
        .<Resolver.Command, Answer>ask(
            upstream(index).proxy(),
            replyTo -> attempts.begin(index, new Resolver.Resolve(query.question(), replyTo), now),
            result -> new Answered(index, result.getOrElse(() -> Answer.Silence.SILENT)),
            timeout,
            ANSWER);
  }

  private Behavior<Command> reply(Answer answer) {
    query.replyTo().tell(answer);
    shared.learn().ifPresent(learn -> learn.accept(outcome()));
    return Behaviors.stopped();
  }

  private Outcome outcome() {
    return new Outcome(
        query.question().name(), race.winner(), race.othersLackIt(), attempts.samples());
  }

  /**
   * However it ends: who has not spoken need not keep the question any longer. And if it ends
   * without a reply, by a mistake of ours, the client need not wait to know.
   */
  private Behavior<Command> onPostStop(PostStop signal) {
    if (!race.over()) {
      query.replyTo().tell(new Answer.Failure("internal error"));
    }
    attempts.forgetAll();
    return this;
  }
}
