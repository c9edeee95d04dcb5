package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.config.Settings;
import firstanswer.transport.OpenListener;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * The last phase: the listeners close when the queries in flight have their answers, then the
 * proxies close, then the process ends.
 */
final class Leaving extends AbstractBehavior<Guardian.Command> {

  /** A message that the guardian sends itself in this phase. */
  sealed interface Event extends Guardian.Command {}

  private enum Drained implements Event {
    DRAINED
  }

  private enum ProxyStopped implements Event {
    STOPPED
  }

  private enum Flushed implements Event {
    FLUSHED
  }

  /**
   * Why the process ends.
   *
   * @param bySignal whether a signal ends the process; otherwise the batch is over
   */
  record Reason(int exitStatus, boolean bySignal) {}

  /**
   * The time, beyond the deadline of the last query, for a client that does not read its answers.
   */
  private static final Duration DRAIN_GRACE = Duration.ofSeconds(1);

  /**
   * The time for the last bytes to leave: a stream ends when the actor of the socket has its last
   * bytes.
   */
  private static final Duration FLUSH = Duration.ofMillis(100);

  private final Guardian.Parts parts;
  private final Reason reason;
  private boolean drained;
  private int proxiesLeft;

  static Behavior<Guardian.Command> begin(
      Guardian.Parts parts, Collection<OpenListener> listeners, Reason reason) {
    Leaving leaving = new Leaving(parts, reason);
    leaving.drain(listeners);
    return leaving;
  }

  /** The time from a signal to the end of the process: the longest deadline and a grace. */
  static Duration maxDuration(Settings settings) {
    return settings
        .loadBalancer()
        .map(ls -> ls.longestDeadline())
        .orElse(Duration.ZERO)
        .plus(DRAIN_GRACE);
  }

  private Leaving(Guardian.Parts parts, Reason reason) {
    super(parts.context());
    this.parts = parts;
    this.reason = reason;
  }

  @Override
  public Receive<Guardian.Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Drained.class, this::onDrained)
        .onMessage(ProxyStopped.class, this::onProxyStopped)
        .onMessage(Flushed.class, this::onFlushed)
        .onSignal(PostStop.class, this::onPostStop)
        .onMessage(Guardian.Report.class, this::onReport)
        // A signal or the outcome of a reload changes nothing now.
        .onAnyMessage(message -> this)
        .build();
  }

  private void drain(Collection<OpenListener> listeners) {
    CompletableFuture<?>[] drains =
        listeners.stream()
            .map(listener -> listener.drain().toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    getContext().pipeToSelf(CompletableFuture.allOf(drains), (done, failure) -> Drained.DRAINED);
    parts.timers().startSingleTimer(Drained.DRAINED, maxDuration(parts.settings()));
  }

  private Behavior<Guardian.Command> onDrained(Drained message) {
    if (drained) {
      return this;
    }
    drained = true;
    for (ActorRef<TsProxy.Command> proxy : parts.wiring().remoteProxies()) {
      getContext().watchWith(proxy, ProxyStopped.STOPPED);
      proxy.tell(TsProxy.Close.CLOSE);
    }
    proxiesLeft = parts.wiring().remoteProxies().size();
    return flushIfProxiesHaveStopped();
  }

  private Behavior<Guardian.Command> onProxyStopped(ProxyStopped message) {
    proxiesLeft--;
    return flushIfProxiesHaveStopped();
  }

  private Behavior<Guardian.Command> flushIfProxiesHaveStopped() {
    if (proxiesLeft == 0) {
      parts.timers().startSingleTimer(Flushed.FLUSHED, FLUSH);
    }
    return this;
  }

  private Behavior<Guardian.Command> onFlushed(Flushed message) {
    if (reason.bySignal() && StartLog.serves(parts.settings())) {
      getContext().getLog().info("ended");
    }
    return Behaviors.stopped();
  }

  private Behavior<Guardian.Command> onReport(Guardian.Report message) {
    parts.report();
    return this;
  }

  private Behavior<Guardian.Command> onPostStop(PostStop signal) {
    parts.exit().accept(reason.exitStatus());
    return this;
  }
}
