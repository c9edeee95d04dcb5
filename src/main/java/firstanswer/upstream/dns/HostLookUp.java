package firstanswer.upstream.dns;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.config.HostPort;
import firstanswer.tsproxy.TsProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Looks up the address of a name server's host again and again, since the address may change, and
 * tells the proxy each result. A look-up can block, so it runs on the dispatcher for blocking work.
 */
final class HostLookUp extends AbstractBehavior<HostLookUp.Command> {
  /** The events that the actor sends to itself. */
  sealed interface Command {}

  private record Ended(Result result) implements Command {}

  private enum Timer implements Command {
    AGAIN
  }

  /** Tells the proxy the result of a look-up. */
  sealed interface Result extends TsProxy.Message {}

  /** The address of the server. */
  record Found(InetSocketAddress server) implements Result {}

  /** The host has no address, or no resolver answers. */
  record NotFound(String reason) implements Result {}

  private static final Duration AGAIN_IF_NOT_FOUND = Duration.ofSeconds(5);

  private final TimerScheduler<Command> timers;
  private final HostPort server;
  private final Duration interval;
  private final ActorRef<Result> proxy;
  private Optional<InetSocketAddress> last = Optional.empty();

  /** Looks up the host at once, and again {@code interval} after each success. */
  static Behavior<Command> create(HostPort server, Duration interval, ActorRef<Result> proxy) {
    return Behaviors.supervise(
            Behaviors.<Command>setup(
                context ->
                    Behaviors.withTimers(
                        timers -> {
                          HostLookUp lookUp =
                              new HostLookUp(context, timers, server, interval, proxy);
                          lookUp.begin();
                          return lookUp;
                        })))
        .onFailure(SupervisorStrategy.resume());
  }

  private HostLookUp(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      HostPort server,
      Duration interval,
      ActorRef<Result> proxy) {
    super(context);
    this.timers = timers;
    this.server = server;
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
    Optional<InetSocketAddress> known = last;
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () -> address(server, known),
                getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking())),
            (address, failure) ->
                new Ended(
                    failure == null ? new Found(address) : new NotFound(failure.getMessage())));
  }

  /** An address of the host: the last one as long as the host has it, whatever the order is. */
  private static InetSocketAddress address(HostPort server, Optional<InetSocketAddress> last) {
    try {
      List<InetAddress> all = List.of(InetAddress.getAllByName(server.host()));
      return last.filter(address -> all.contains(address.getAddress()))
          .orElseGet(() -> new InetSocketAddress(all.get(0), server.port()));
    } catch (UnknownHostException e) {
      throw new CompletionException("host unknown", e);
    }
  }

  private Behavior<Command> onEnded(Ended message) {
    boolean found = message.result() instanceof Found;
    if (message.result() instanceof Found now) {
      last = Optional.of(now.server());
    }
    timers.startSingleTimer(Timer.AGAIN, found ? interval : AGAIN_IF_NOT_FOUND);
    proxy.tell(message.result());
    return this;
  }

  private Behavior<Command> onAgain() {
    begin();
    return this;
  }
}
