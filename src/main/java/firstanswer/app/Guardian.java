package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.client.BatchClient;
import firstanswer.client.Conversation;
import firstanswer.client.Quantity;
import firstanswer.client.Tally;
import firstanswer.config.Settings;
import firstanswer.table.Table;
import firstanswer.table.TsServer;
import firstanswer.transport.OpenListener;
import firstanswer.transport.TextDialogue;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * The root of the actors, through the three phases of a process. It starts what {@link Wiring}
 * connects and waits until every listener is bound; it serves, and runs the batch if there is one;
 * and it leaves: first the batch, then the listeners, each when what is in flight has been
 * answered, then the proxies.
 */
final class Guardian extends AbstractBehavior<Guardian.Command> {

  /** What the guardian hears. */
  sealed interface Command {}

  /**
   * Answer what is in flight, then stop.
   *
   * @param signal the reason, for the log
   */
  record Leave(String signal) implements Command {}

  /** Read all tables anew. */
  enum Reload implements Command {
    RELOAD
  }

  private record Listening(String key, OpenListener listener) implements Command {}

  private record CannotListen(String problem) implements Command {}

  private record BatchDone(Tally tally) implements Command {}

  private record BatchFailed(String problem) implements Command {}

  private record TableReloaded(String server, TsServer.Reloaded outcome) implements Command {}

  private enum Drained implements Command {
    DRAINED
  }

  private enum ProxyStopped implements Command {
    STOPPED
  }

  private enum Flushed implements Command {
    FLUSHED
  }

  /** Beyond the deadline of the last query, for a client that does not read its answers. */
  private static final Duration DRAIN_GRACE = Duration.ofSeconds(1);

  /**
   * A stream ends when it has handed its last bytes to the socket's actor, not when they are out.
   */
  private static final Duration FLUSH = Duration.ofMillis(100);

  private static final Duration RELOAD_PATIENCE = Duration.ofMinutes(1);

  private final TimerScheduler<Command> timers;
  private final Settings settings;
  private final Wiring wiring;
  private final Optional<Batch> batch;
  private final IntConsumer exit;
  private final Map<String, OpenListener> listeners = new TreeMap<>();
  private Optional<BatchClient.Running> running = Optional.empty();
  private int exitStatus = ExitStatus.CANNOT_START;
  private boolean leaving;
  private boolean stoppedBySignal;
  private boolean drained;
  private int proxiesLeft;

  /**
   * The guardian of a process.
   *
   * @param tables of the table servers in {@code settings}, by name
   * @param exit hears the exit status, once, when the guardian stops, for whatever reason
   */
  static Behavior<Command> create(
      Settings settings, Map<String, Table> tables, Optional<Batch> batch, IntConsumer exit) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Wiring wiring = new Wiring(context, settings, tables);
                  return new Guardian(context, timers, settings, wiring, batch, exit);
                }));
  }

  private Guardian(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Settings settings,
      Wiring wiring,
      Optional<Batch> batch,
      IntConsumer exit) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.wiring = wiring;
    this.batch = batch;
    this.exit = exit;
    wiring.listeners().forEach(this::bind);
    serveIfAllListen();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Listening.class, this::onListening)
        .onMessage(CannotListen.class, this::onCannotListen)
        .onMessage(BatchDone.class, this::onBatchDone)
        .onMessage(BatchFailed.class, this::onBatchFailed)
        .onMessage(Reload.class, this::onReload)
        .onMessage(TableReloaded.class, this::onTableReloaded)
        .onMessage(Leave.class, this::onLeave)
        .onMessage(Drained.class, this::onDrained)
        .onMessage(ProxyStopped.class, this::onProxyStopped)
        .onMessage(Flushed.class, this::onFlushed)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private void bind(Wiring.ToBind listener) {
    getContext()
        .pipeToSelf(
            listener.binding().get(),
            (bound, failure) ->
                failure == null
                    ? new Listening(listener.key(), bound)
                    : new CannotListen(
                        String.format(
                            "cannot listen at %s (%s): %s",
                            listener.address(), listener.key(), TextDialogue.reason(failure))));
  }

  private Behavior<Command> onListening(Listening message) {
    listeners.put(message.key(), message.listener());
    serveIfAllListen();
    return this;
  }

  private Behavior<Command> onCannotListen(CannotListen message) {
    Console.problem(message.problem());
    return Behaviors.stopped();
  }

  private void serveIfAllListen() {
    if (listeners.size() < wiring.listeners().size() || leaving) {
      return;
    }
    if (!listeners.isEmpty()) {
      Console.ready(
          listeners.entrySet().stream()
              .map(listener -> listener.getKey() + "=" + listener.getValue().address())
              .collect(Collectors.joining(" ")));
    }
    batch.ifPresent(this::start);
  }

  private void start(Batch names) {
    Conversation conversation =
        wiring.conversation(names.settings(), () -> listeners.get(Wiring.LS_TEXT).address());
    try {
      BatchClient.Running started = names.start(conversation, getContext().getSystem());
      running = Optional.of(started);
      getContext().pipeToSelf(started.done(), Guardian::outcome);
    } catch (CannotStart e) {
      getContext().getSelf().tell(new BatchFailed(e.firstLine()));
    }
  }

  private static Command outcome(Tally tally, Throwable failure) {
    return failure == null ? new BatchDone(tally) : new BatchFailed(TextDialogue.reason(failure));
  }

  private Behavior<Command> onBatchDone(BatchDone message) {
    batch.ifPresent(names -> names.close(message.tally()));
    exitStatus = ExitStatus.ofQuery(message.tally(), leaving);
    return drain();
  }

  private Behavior<Command> onBatchFailed(BatchFailed message) {
    batch.ifPresent(Batch::abandon);
    Console.problem(message.problem());
    return drain();
  }

  private Behavior<Command> onReload(Reload message) {
    wiring.tableServers().forEach(this::reload);
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

  private Behavior<Command> onTableReloaded(TableReloaded message) {
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

  private Behavior<Command> onLeave(Leave message) {
    if (leaving) {
      return this;
    }
    leaving = true;
    stoppedBySignal = true;
    if (StartLog.serves(settings)) {
      getContext()
          .getLog()
          .info(
              "{}: answers what is in flight, within {} s at most, and ends",
              message.signal(),
              drainTime().toMillis() / 1e3);
    }
    if (running.isPresent()) {
      batch.ifPresent(Batch::endProgress);
      Console.problem("stopped: names that have not been sent yet are not asked");
      running.get().stop().run();
      return this;
    }
    exitStatus = ExitStatus.OK;
    return drain();
  }

  private Behavior<Command> drain() {
    leaving = true;
    CompletableFuture<?>[] drains =
        listeners.values().stream()
            .map(listener -> listener.drain().toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    getContext().pipeToSelf(CompletableFuture.allOf(drains), (done, failure) -> Drained.DRAINED);
    timers.startSingleTimer(Drained.DRAINED, drainTime());
    return this;
  }

  private Duration drainTime() {
    return settings
        .loadBalancer()
        .map(ls -> ls.longestDeadline())
        .orElse(Duration.ZERO)
        .plus(DRAIN_GRACE);
  }

  private Behavior<Command> onDrained(Drained message) {
    if (drained) {
      return this;
    }
    drained = true;
    for (ActorRef<TsProxy.Command> proxy : wiring.remoteProxies()) {
      getContext().watchWith(proxy, ProxyStopped.STOPPED);
      proxy.tell(TsProxy.Close.CLOSE);
    }
    proxiesLeft = wiring.remoteProxies().size();
    return flushIfProxiesHaveLeft();
  }

  private Behavior<Command> onProxyStopped(ProxyStopped message) {
    proxiesLeft--;
    return flushIfProxiesHaveLeft();
  }

  private Behavior<Command> flushIfProxiesHaveLeft() {
    if (proxiesLeft == 0) {
      timers.startSingleTimer(Flushed.FLUSHED, FLUSH);
    }
    return this;
  }

  private Behavior<Command> onFlushed(Flushed message) {
    if (stoppedBySignal && StartLog.serves(settings)) {
      getContext().getLog().info("ended");
    }
    return Behaviors.stopped();
  }

  private Behavior<Command> onPostStop(PostStop signal) {
    exit.accept(exitStatus);
    return this;
  }
}
