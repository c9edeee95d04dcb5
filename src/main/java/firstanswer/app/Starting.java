package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.transport.OpenListener;
import firstanswer.transport.tcp.FailureReason;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The first phase: binds every listener. A listener that cannot be bound ends the process. */
final class Starting extends AbstractBehavior<Guardian.Command> {

  /** A message that the guardian sends itself in this phase. */
  sealed interface Event extends Guardian.Command {}

  private record Listening(String key, OpenListener listener) implements Event {}

  private record CannotListen(String problem) implements Event {}

  private final Guardian.Parts parts;
  private final Map<String, OpenListener> listeners = new TreeMap<>();

  // A signal that comes too early waits for the next phase.
  private Optional<Guardian.Leave> leave = Optional.empty();
  private boolean reload;

  static Behavior<Guardian.Command> begin(Guardian.Parts parts) {
    Starting starting = new Starting(parts);
    parts.wiring().listeners().forEach(starting::bind);
    return starting.serveIfAllListen();
  }

  private Starting(Guardian.Parts parts) {
    super(parts.context());
    this.parts = parts;
  }

  @Override
  public Receive<Guardian.Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Listening.class, this::onListening)
        .onMessage(CannotListen.class, this::onCannotListen)
        .onMessage(Guardian.Reload.class, this::onReload)
        .onMessage(Guardian.Report.class, this::onReport)
        .onMessage(Guardian.Leave.class, this::onLeave)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private void bind(ListenerWiring.ToBind listener) {
    getContext()
        .pipeToSelf(
            listener.binding().get(),
            (bound, failure) ->
                failure == null
                    ? new Listening(listener.key(), bound)
                    : new CannotListen(
                        String.format(
                            "cannot listen at %s (%s): %s",
                            listener.address(), listener.key(), FailureReason.of(failure))));
  }

  private Behavior<Guardian.Command> onListening(Listening message) {
    listeners.put(message.key(), message.listener());
    return serveIfAllListen();
  }

  private Behavior<Guardian.Command> onCannotListen(CannotListen message) {
    Console.problem(message.problem());
    return Behaviors.stopped();
  }

  private Behavior<Guardian.Command> onReload(Guardian.Reload message) {
    reload = true;
    return this;
  }

  private Behavior<Guardian.Command> onLeave(Guardian.Leave message) {
    leave = Optional.of(message);
    return this;
  }

  private Behavior<Guardian.Command> serveIfAllListen() {
    if (listeners.size() < parts.wiring().listeners().size()) {
      return this;
    }
    if (!listeners.isEmpty()) {
      Console.ready(
          listeners.entrySet().stream()
              .map(listener -> listener.getKey() + "=" + listener.getValue().address())
              .collect(Collectors.joining(" ")));
    }
    ActorRef<Guardian.Command> self = getContext().getSelf();
    if (reload) {
      self.tell(Guardian.Reload.RELOAD);
    }
    leave.ifPresent(self::tell);
    return Serving.begin(leave.isPresent() ? parts.withoutBatch() : parts, listeners);
  }

  private Behavior<Guardian.Command> onReport(Guardian.Report message) {
    parts.report();
    return this;
  }

  private Behavior<Guardian.Command> onPostStop(PostStop signal) {
    parts.exit().accept(ExitStatus.CANNOT_START);
    return this;
  }
}
