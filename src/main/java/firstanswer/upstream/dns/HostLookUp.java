package firstanswer.upstream.dns;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.tsproxy.TsProxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Looks up the address of a host again and again, since it may change, and tells the proxy of its
 * server what comes of it.
 */
final class HostLookUp extends AbstractBehavior<HostLookUp.Command> {
  /** What it hears. */
  sealed interface Command {}

  private record Ended(Result result) implements Command {}

  private enum Timer implements Command {
    AGAIN
  }

  /** What the proxy is told. */
  sealed interface Result extends TsProxy.Message {}

  /** The address of the host. */
  record Found(InetAddress address) implements Result {}

  /** It has none, or there is nobody to say so. */
  record NotFound(String reason) implements Result {}

  private static final Duration AGAIN_IF_NOT_FOUND = Duration.ofSeconds(5);

  private final TimerScheduler<Command> timers;
  private final String host;
  private final Duration interval;
  private final ActorRef<Result> proxy;

  /** Looks up {@code host} at once, and again {@code interval} after it has been found. */
  static Behavior<Command> create(String host, Duration interval, ActorRef<Result> proxy) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  HostLookUp lookUp = new HostLookUp(context, timers, host, interval, proxy);
                  lookUp.begin();
                  return lookUp;
                }));
  }

  private HostLookUp(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String host,
      Duration interval,
      ActorRef<Result> proxy) {
    super(context);
    this.timers = timers;
    this.host = host;
    this.interval = interval;
    this.proxy = proxy;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Ended.class, this::onEnded)
        .onMessageEquals(Timer.AGAIN, this::onAgain)
        .build();
  }

  private void begin() {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () -> addressOf(host),
                getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking())),
            (address, failure) ->
                new Ended(
                    failure == null ? new Found(address) : new NotFound(failure.getMessage())));
  }

  private static InetAddress addressOf(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new CompletionException("host unknown", e);
    }
  }

  private Behavior<Command> onEnded(Ended message) {
    boolean found = message.result() instanceof Found;
    timers.startSingleTimer(Timer.AGAIN, found ? interval : AGAIN_IF_NOT_FOUND);
    proxy.tell(message.result());
    return this;
  }

  private Behavior<Command> onAgain() {
    begin();
    return this;
  }
}
