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
import firstanswer.clock.NanoClock;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Observation;
import firstanswer.race.Race;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Transcript;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Lives for one query and carries out what its {@link Race} decides: asks the upstreams whose turn
 * it is, replies once with the outcome, and stops.
 *
 * <p>Three events can end a query: an answer that wins, the last answer, and the deadline, whose
 * timer starts at birth. Each ends in {@link #reply}, which stops the actor, so there is no second
 * reply. Late and repeated answers find no actor, and so change nothing.
 */
public final class QueryCoordinator extends AbstractBehavior<QueryCoordinator.Command> {

  /** The messages to the coordinator. */
  public sealed interface Command {}

  /** An upstream has answered, or its ask has timed out. */
  private record Answered(UpstreamId upstream, Answer answer) implements Command {}

  private enum Timer implements Command {
    DELAY,
    DEADLINE
  }

  /**
   * The parts of a load balancer that all its coordinators share.
   *
   * @param learner gets the observation of each query; empty if the policy learns nothing
   */
  record Shared(
      Map<UpstreamId, Upstream> upstreams,
      KnownHealth health,
      HedgeBudget hedgeBudget,
      NanoClock clock,
      Optional<ActorRef<LoadBalancer.Command>> learner) {}

  /**
   * The query that a coordinator lives for.
   *
   * @param number identifies the query among those of one load balancer
   * @param way ends when the first proxy has its ask
   * @param start the first step of its race
   */
  record Task(
      long number, Query query, Congestion.Way way, Race.Step start, ActorRef<Outcome> replyTo) {}

  private final TimerScheduler<Command> timers;
  private final Task task;
  private final Shared shared;
  private final OpenAsks asks;
  private final Timeout timeout;
  private Race race;

  /** Creates a coordinator that replies to {@code task}. */
  static Behavior<Command> create(Task task, Shared shared) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer(Timer.DEADLINE, task.query().deadline());
                  return new QueryCoordinator(context, timers, task, shared).begin();
                }));
  }

  private QueryCoordinator(
      ActorContext<Command> context, TimerScheduler<Command> timers, Task task, Shared shared) {
    super(context);
    this.timers = timers;
    this.task = task;
    this.shared = shared;
    this.timeout = Timeout.create(task.query().deadline());
    this.asks = new OpenAsks(task.number());
    this.race = task.start().race();
  }

  /**
   * Asks the first upstreams. Cleans up after a failure, since an actor that fails at its start
   * gets no PostStop.
   */
  private Behavior<Command> begin() {
    try {
      return carryOut(task.start(), now());
    } catch (RuntimeException e) {
      getContext().getLog().error("a query could not be begun", e);
      end(Outcome.INTERNAL_ERROR);
      return Behaviors.stopped();
    }
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Answered.class, this::onAnswered)
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

  private Behavior<Command> onDelay() {
    boolean granted =
        race.lastAsked().stream().anyMatch(this::missesInSilence)
            || shared.hedgeBudget().tryTake(race.nextAttempts());
    long now = now();
    return carryOut(race.onDelay(granted, now), now);
  }

  private Behavior<Command> onDeadline() {
    long now = now();
    return carryOut(race.onDeadline(shared.health().of(task.query().protocol()), now), now);
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
    step.again().ifPresent(this::send);
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
    } else {
      send(id);
    }
  }

  private void send(UpstreamId id) {
    Upstream upstream = shared.upstreams().get(id);
    asks.sent(
        upstream,
        Ask.from(
            getContext(),
            upstream.proxy(),
            (ActorRef<Answer> replyTo) ->
                new TsProxy.Ask(task.number(), task.query().question(), task.way(), replyTo),
            answer -> new Answered(id, answer),
            () -> Answer.Unheard.SILENT,
            timeout));
  }

  private Behavior<Command> reply(Reply reply, long now) {
    Transcript transcript = race.transcript(task.query().receivedNanos(), now);
    task.replyTo().tell(new Outcome(reply, transcript));
    shared.learner().ifPresent(learner -> learner.tell(observed(transcript, now)));
    return Behaviors.stopped();
  }

  private LoadBalancer.Learn observed(Transcript transcript, long now) {
    return new LoadBalancer.Learn(
        Observation.of(task.query().question().name(), transcript, now, this::missesInSilence));
  }

  /**
   * If a defect of ours ends the actor without a reply, gives the client an internal error at once.
   */
  private Behavior<Command> onPostStop(PostStop signal) {
    if (race.over()) {
      tidyUp();
    } else {
      end(Outcome.INTERNAL_ERROR);
    }
    return this;
  }

  private void end(Outcome outcome) {
    task.replyTo().tell(outcome);
    tidyUp();
  }

  /** Tells every upstream that is still pending to forget the question. */
  private void tidyUp() {
    asks.forgetAll();
  }
}
