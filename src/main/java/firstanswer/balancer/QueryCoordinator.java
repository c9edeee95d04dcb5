package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.util.Timeout;
import firstanswer.actor.Ask;
import firstanswer.dns.Answer;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Race;
import firstanswer.resolver.Health;
import firstanswer.resolver.NanoClock;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Transcript;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.Map;
import scala.reflect.ClassTag;

/**
 * Lives for one query: carries out what its {@link Race} decides, that is, asks the upstreams whose
 * turn it is, replies once with the outcome, and stops.
 *
 * <p>Three things can end it: an answer that wins, the last of the answers, and the deadline, which
 * is set at birth. Each ends in {@link #reply}, which stops the actor, so there is no second reply;
 * what is said later, by a slow upstream or twice, finds no actor and changes nothing.
 */
public final class QueryCoordinator extends AbstractBehavior<QueryCoordinator.Command> {

  /** What the coordinator hears. */
  public sealed interface Command {}

  /** An upstream has spoken, or has let its ask time out. */
  private record Answered(UpstreamId upstream, Answer answer) implements Command {}

  /** The health of an upstream has changed. */
  record HealthChanged(UpstreamId upstream, Health health) implements Command {}

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
   * @param running knows the coordinators that run
   */
  record Shared(
      Map<UpstreamId, Upstream> upstreams,
      HedgeBudget hedgeBudget,
      NanoClock clock,
      Running running) {}

  /**
   * The query that a coordinator lives for.
   *
   * @param number tells the queries of one load balancer apart
   */
  record Task(long number, Query query, ActorRef<Outcome> replyTo) {}

  private static final ClassTag<Answer> ANSWER = ClassTag.apply(Answer.class);

  private final TimerScheduler<Command> timers;
  private final Task task;
  private final Shared shared;
  private final OpenAsks asks;
  private final Ask.Timing<Answer> timing;
  private Race race;

  /** A coordinator that replies to {@code task}, beginning with {@code start}. */
  static Behavior<Command> create(Task task, Race.Step start, Shared shared) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer(Timer.DEADLINE, start.race().terms().deadline());
                  QueryCoordinator coordinator =
                      new QueryCoordinator(context, timers, task, start.race(), shared);
                  return coordinator.begin(start);
                }));
  }

  private QueryCoordinator(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Task task,
      Race race,
      Shared shared) {
    super(context);
    this.timers = timers;
    this.task = task;
    this.shared = shared;
    this.race = race;
    this.timing = new Ask.Timing<>(Timeout.create(race.terms().deadline()), ANSWER);
    this.asks = new OpenAsks(task.number());
  }

  private Behavior<Command> begin(Race.Step start) {
    shared.running().add(task.number(), getContext().getSelf());
    for (Entry entry : race.entries()) {
      if (!entry.health().counts()) {
        // Perhaps there is no upstream to wait for; news of their health may be on its way.
        getContext().getSelf().tell(LookAgain.LOOK_AGAIN);
        break;
      }
    }
    return carryOut(start, now());
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

  private long now() {
    return shared.clock().nanos();
  }

  private Behavior<Command> onAnswered(Answered message) {
    asks.end(shared.upstreams().get(message.upstream()), message.answer());
    long now = now();
    return carryOut(race.onAnswer(message.upstream(), message.answer(), now), now);
  }

  private Behavior<Command> onHealthChanged(HealthChanged message) {
    long now = now();
    return carryOut(race.onHealth(message.upstream(), message.health(), now), now);
  }

  private Behavior<Command> onLookAgain() {
    long now = now();
    return carryOut(race.onLookAgain(now), now);
  }

  private Behavior<Command> onDelay() {
    boolean granted =
        race.lastAsked().stream().anyMatch(this::missesInSilence)
            || shared.hedgeBudget().tryTake(race.nextAttempts());
    long now = now();
    return carryOut(race.onDelay(granted, now), now);
  }

  private Behavior<Command> onDeadline() {
    return carryOut(race.onDeadline(), now());
  }

  private boolean missesInSilence(UpstreamId upstream) {
    return shared.upstreams().get(upstream).missesInSilence(task.query().question());
  }

  private Behavior<Command> carryOut(Race.Step step, long now) {
    race = step.race();
    if (!step.ask().isEmpty()) {
      timers.cancel(Timer.DELAY);
      step.ask().forEach(this::ask);
    }
    if (step.delay().isPresent()) {
      Duration delay = step.delay().get();
      timers.startSingleTimer(Timer.DELAY, delay);
    }
    return step.reply().isPresent() ? reply(step.reply().get(), now) : this;
  }

  private void ask(UpstreamId id) {
    Upstream upstream = shared.upstreams().get(id);
    if (!asks.tryBegin(upstream)) {
      Answer passedOver = new Answer.Unheard(Answer.Unheard.Cause.OVER_BUDGET);
      getContext().getSelf().tell(new Answered(id, passedOver));
      return;
    }
    Ask.from(
        getContext(),
        upstream.proxy(),
        (ActorRef<Answer> replyTo) ->
            new TsProxy.Ask(task.number(), task.query().question(), replyTo),
        answer -> new Answered(id, answer),
        () -> new Answered(id, Answer.Unheard.SILENT),
        timing);
  }

  private Behavior<Command> reply(Reply reply, long now) {
    Transcript transcript = race.transcript(task.query().receivedNanos(), now);
    task.replyTo().tell(new Outcome(reply, transcript));
    shared.running().ended(task.query(), transcript);
    return Behaviors.stopped();
  }

  /**
   * However the actor ends, the upstreams that have not spoken need not keep the question any
   * longer. If it ends without a reply, by a mistake of ours, the client need not wait to know.
   */
  private Behavior<Command> onPostStop(PostStop signal) {
    shared.running().remove(task.number());
    if (!race.over()) {
      task.replyTo().tell(Outcome.INTERNAL_ERROR);
    }
    asks.forgetAll();
    return this;
  }
}
