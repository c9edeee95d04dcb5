package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.Receive;
import firstanswer.client.Batch;
import firstanswer.client.LookUp;
import firstanswer.client.Quantity;
import firstanswer.client.ResultsNotWritten;
import firstanswer.client.Tally;
import firstanswer.config.HostPort;
import firstanswer.table.TsServer;
import firstanswer.table.file.FileProblem;
import firstanswer.transport.tcp.FailureReason;
import java.time.Duration;
import java.util.List;

/**
 * The second phase, in which every listener is bound. The phase ends when the batch is done or a
 * signal comes. A signal stops the batch first, because the batch may ask the load balancer of this
 * process.
 */
final class Serving extends AbstractBehavior<Guardian.Command> {

  /** A message that the guardian sends itself in this phase. */
  sealed interface Event extends Guardian.Command {}

  private record BatchDone(Tally tally) implements Event {}

  private record BatchFailed(String problem) implements Event {}

  private record TableReloaded(String server, TsServer.Reloaded outcome) implements Event {}

  private static final Duration RELOAD_PATIENCE = Duration.ofMinutes(1);

  private final Guardian.Parts parts;
  private final List<Starting.Bound> listeners;
  private boolean stopped;

  static Behavior<Guardian.Command> begin(Guardian.Parts parts, List<Starting.Bound> listeners) {
    Serving serving = new Serving(parts, listeners);
    parts.batch().ifPresent(serving::start);
    return serving;
  }

  private Serving(Guardian.Parts parts, List<Starting.Bound> listeners) {
    super(parts.context());
    this.parts = parts;
    this.listeners = listeners;
  }

  @Override
  public Receive<Guardian.Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(BatchDone.class, this::onBatchDone)
        .onMessage(BatchFailed.class, this::onBatchFailed)
        .onMessage(Guardian.Reload.class, this::onReload)
        .onMessage(Guardian.Report.class, this::onReport)
        .onMessage(TableReloaded.class, this::onTableReloaded)
        .onMessage(Guardian.Leave.class, this::onLeave)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private void start(Batch batch) {
    LookUp lookUp = parts.wiring().lookUp(batch.settings(), this::loadBalancer);
    getContext()
        .pipeToSelf(
            batch.start(lookUp, getContext().getSystem()),
            (tally, failure) ->
                failure == null ? new BatchDone(tally) : new BatchFailed(problem(failure)));
  }

  /** The first address of the load balancer for the text protocol. */
  private HostPort loadBalancer() {
    return listeners.stream()
        .filter(bound -> bound.key().equals(Wiring.LS_TEXT))
        .findFirst()
        .orElseThrow()
        .listener()
        .address();
  }

  private static String problem(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ResultsNotWritten results) {
        return results.getMessage() + ": " + FileProblem.of(results.getCause());
      }
    }
    return FailureReason.of(failure);
  }

  private Behavior<Guardian.Command> onBatchDone(BatchDone message) {
    Console.summary(message.tally().summary());
    return leave(ExitStatus.ofQuery(message.tally(), stopped));
  }

  private Behavior<Guardian.Command> onBatchFailed(BatchFailed message) {
    Console.problem(message.problem());
    return leave(ExitStatus.CANNOT_START);
  }

  private Behavior<Guardian.Command> onReload(Guardian.Reload message) {
    parts.wiring().tableServers().forEach(this::reload);
    return this;
  }

  private void reload(String name, ActorRef<TsServer.Command> server) {
    getContext()
        .ask(
            TsServer.Reloaded.class,
            server,
            RELOAD_PATIENCE,
            TsServer.Reload::new,
            (outcome, failure) ->
                new TableReloaded(
                    name,
                    failure == null
                        ? outcome
                        : new TsServer.Reloaded(0, "no answer within " + RELOAD_PATIENCE)));
  }

  private Behavior<Guardian.Command> onTableReloaded(TableReloaded message) {
    TsServer.Reloaded outcome = message.outcome();
    if (outcome.problem().isEmpty()) {
      getContext()
          .getLog()
          .info("{}: reloaded, {}", message.server(), Quantity.of(outcome.names(), "name"));
    } else {
      getContext()
          .getLog()
          .error("{}: not reloaded, the old table stays: {}", message.server(), outcome.problem());
    }
    return this;
  }

  private Behavior<Guardian.Command> onLeave(Guardian.Leave message) {
    if (stopped) {
      return this;
    }
    stopped = true;
    if (StartLog.serves(parts.settings())) {
      getContext()
          .getLog()
          .info(
              "{}: answers what is in flight, within {} s at most, and ends",
              message.signal(),
              Leaving.maxDuration(parts.settings()).toMillis() / 1e3);
    }
    if (parts.batch().isEmpty()) {
      return leave(ExitStatus.OK);
    }
    parts.batch().get().stop();
    Console.problem("stopped: names that have not been sent yet are not asked");
    return this;
  }

  private Behavior<Guardian.Command> leave(int exitStatus) {
    return Leaving.begin(
        parts,
        listeners.stream().map(Starting.Bound::listener).toList(),
        new Leaving.Reason(exitStatus, stopped));
  }

  private Behavior<Guardian.Command> onReport(Guardian.Report message) {
    parts.report();
    return this;
  }

  /** Runs only if this actor fails. */
  private Behavior<Guardian.Command> onPostStop(PostStop signal) {
    parts.exit().accept(ExitStatus.CANNOT_START);
    return this;
  }
}
