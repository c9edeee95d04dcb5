package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.transport.OpenListener;
import firstanswer.transport.tcp.FailureReason;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The first phase: binds every listener. A listener that cannot be bound ends the process. */
final class Starting extends AbstractBehavior<Guardian.Command> {

  /** A message that the guardian sends itself in this phase. */
  sealed interface Event extends Guardian.Command {}

  private record Listening(ListenerWiring.ToBind address, OpenListener listener) implements Event {}

  private record CannotListen(String problem) implements Event {}

  /** A listener at one address; {@code key} is its key in the configuration. */
  record Bound(String key, OpenListener listener) {
    /** As the line for users has it. */
    @Override
    public String toString() {
      return key + "=" + listener.address();
    }
  }

  private final Guardian.Parts parts;
  private final Map<ListenerWiring.ToBind, OpenListener> listeners = new HashMap<>();

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
                    ? new Listening(listener, bound)
                    : new CannotListen(
                        String.format(
                            "cannot listen at %s (%s): %s",
                            listener.address(), listener.key(), FailureReason.of(failure))));
  }

  private Behavior<Guardian.Command> onListening(Listening message) {
    listeners.put(message.address(), message.listener());
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
    List<Bound> bound = bound();
    if (!bound.isEmpty()) {
      Console.ready(bound.stream().map(Bound::toString).collect(Collectors.joining(" ")));
    }
    ActorRef<Guardian.Command> self = getContext().getSelf();
    if (reload) {
      self.tell(Guardian.Reload.RELOAD);
    }
    leave.ifPresent(self::tell);
    return Serving.begin(leave.isPresent() ? parts.withoutBatch() : parts, bound);
  }

  /** Sorted by the key; those of one key in the order of the configuration. */
  private List<Bound> bound() {
    return parts.wiring().listeners().stream()
        .map(address -> new Bound(address.key(), listeners.get(address)))
        .sorted(Comparator.comparing(Bound::key))
        .toList();
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
