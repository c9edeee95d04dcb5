package firstanswer.upstream.dns;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HostPort;
import firstanswer.config.UpstreamAddress;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.dns.message.RawMessage;
import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import firstanswer.transport.tcp.OutgoingConnection;
import firstanswer.transport.udp.UdpTransport;
import firstanswer.transport.udp.UdpTransport.UdpSocket;
import firstanswer.tsproxy.TsProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The TsProxy of a name server. The actor passes events on to its {@link Exchange}, which decides,
 * and carries out the effects. The actor owns the sockets, the TCP connection, the timers and the
 * look-up of the server's host.
 *
 * <p>The class is long because it names each event and each effect once; it decides nothing.
 */
public final class DnsProxy extends AbstractBehavior<TsProxy.Message> {

  private record Opened(int channel, UdpSocket socket) implements TsProxy.Message {}

  private record NotOpened(int channel, String reason) implements TsProxy.Message {}

  private record OnConnection(int number, OutgoingConnection.Event<byte[]> event)
      implements TsProxy.Message {}

  /** All messages that were queued when {@code tick} began are handled. */
  private record TickHandled(long tick) implements TsProxy.Message {}

  private enum Timer implements TsProxy.Message {
    TICK,
    PROBE
  }

  private final TimerScheduler<TsProxy.Message> timers;
  private final UpstreamId id;
  private final Exchange exchange;
  private final UdpSockets sockets;
  private final TcpTransport tcp;
  private final Congestion.Reason congestion;
  private final ProxyLog log;
  private final Effect.World world = new World();
  private Optional<TsProxy.Watch> watch = Optional.empty();

  public static Behavior<TsProxy.Command> create(
      UpstreamAddress.Dns upstream,
      DnsUpstreamSettings settings,
      UdpTransport transport,
      Congestion congestion) {
    return Behaviors.<TsProxy.Message>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      UpstreamId id = new UpstreamId(upstream.name());
                      DnsProxy proxy =
                          new DnsProxy(
                              context, timers, id, settings, transport, congestion.reason());
                      proxy.lookUp(upstream.server(), settings.resolveInterval());
                      return proxy;
                    }))
        .narrow();
  }

  private DnsProxy(
      ActorContext<TsProxy.Message> context,
      TimerScheduler<TsProxy.Message> timers,
      UpstreamId id,
      DnsUpstreamSettings settings,
      UdpTransport transport,
      Congestion.Reason congestion) {
    super(context);
    // Akka names the logger after another class if it logs something about a timer first.
    context.setLoggerName(DnsProxy.class);
    this.timers = timers;
    this.id = id;
    this.exchange = new Exchange(settings, new RandomIds(), ThreadLocalRandom.current());
    this.sockets = new UdpSockets(transport, context.getSelf()::tell);
    this.tcp = new TcpTransport(settings, context.getSystem());
    this.congestion = congestion;
    this.log = new ProxyLog(id, context.getLog());
  }

  @Override
  public Receive<TsProxy.Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(UdpSockets.Datagram.class, this::onDatagram)
        .onMessage(UdpSockets.Refused.class, r -> carryOut(exchange.onRefused(r.channel())))
        .onMessage(
            UdpSockets.Unreachable.class,
            u -> carryOut(exchange.onUnreachable(u.channel(), u.reason())))
        .onMessage(TsProxy.Ask.class, this::onAsk)
        .onMessage(TsProxy.Forget.class, forget -> carryOut(exchange.onForget(forget.id())))
        .onMessage(OnConnection.class, this::onConnection)
        .onMessageEquals(Timer.TICK, () -> carryOut(exchange.onTick()))
        .onMessage(TickHandled.class, now -> carryOut(exchange.onTickHandled(now.tick())))
        .onMessageEquals(Timer.PROBE, () -> carryOut(exchange.onProbeDue()))
        .onMessage(TsProxy.Watch.class, this::onWatch)
        .onMessage(HostLookUp.Found.class, found -> carryOut(exchange.onFound(found.server())))
        .onMessage(HostLookUp.NotFound.class, n -> carryOut(exchange.onNotFound(n.reason())))
        .onMessage(Opened.class, this::onOpened)
        .onMessage(NotOpened.class, this::onNotOpened)
        .onMessageEquals(TsProxy.Close.CLOSE, this::onClose)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<TsProxy.Message> carryOut(List<Effect> effects) {
    for (Effect effect : effects) {
      effect.carryOut(world);
    }
    return this;
  }

  private Behavior<TsProxy.Message> onAsk(TsProxy.Ask ask) {
    ask.taken();
    return carryOut(exchange.onAsk(ask));
  }

  private void tellWhenOpen(int channel, CompletionStage<UdpSocket> opening) {
    getContext()
        .pipeToSelf(
            opening,
            (socket, failure) ->
                failure == null
                    ? new Opened(channel, socket)
                    : new NotOpened(channel, failure.getMessage()));
  }

  private Behavior<TsProxy.Message> onOpened(Opened message) {
    sockets.opened(message.channel(), message.socket());
    log.socketOpened();
    return carryOut(exchange.onOpened(message.channel()));
  }

  private Behavior<TsProxy.Message> onNotOpened(NotOpened message) {
    log.socketNotOpened(message.reason());
    sockets.notOpened(message.channel());
    return carryOut(exchange.onNotOpened(message.reason()));
  }

  private void lookUp(HostPort server, Duration interval) {
    getContext()
        .spawn(HostLookUp.create(server, interval, getContext().getSelf().narrow()), "look-up");
  }

  private Behavior<TsProxy.Message> onWatch(TsProxy.Watch message) {
    watch = Optional.of(message);
    message.watcher().tell(message.news(id, exchange.health()));
    return this;
  }

  private Behavior<TsProxy.Message> onDatagram(UdpSockets.Datagram datagram) {
    sockets.onRead();
    return carryOut(exchange.onDatagram(datagram.channel(), datagram.message()));
  }

  private Behavior<TsProxy.Message> onConnection(OnConnection message) {
    OutgoingConnection.Event<byte[]> event = message.event();
    if (event instanceof OutgoingConnection.Opening<?> opening) {
      opening.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
    } else if (event instanceof OutgoingConnection.Messages<byte[]> received) {
      received.messages().forEach(bytes -> carryOut(exchange.onTcpMessage(new RawMessage(bytes))));
      received.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
    } else if (event instanceof OutgoingConnection.Established) {
      carryOut(exchange.onConnected(message.number()));
    } else if (event instanceof OutgoingConnection.Closed<?> closed) {
      tcp.closed();
      carryOut(exchange.onClosed(message.number(), closed.reason()));
    }
    return this;
  }

  private Behavior<TsProxy.Message> onClose() {
    log.closed(exchange.unexpected());
    return Behaviors.stopped();
  }

  private Behavior<TsProxy.Message> onPostStop(PostStop signal) {
    sockets.closeAll();
    tcp.close();
    congestion.applies(false);
    return this;
  }

  /** Carries out the effects of the exchange. */
  private final class World implements Effect.World {
    @Override
    public void openSocket(int channel, InetSocketAddress server) {
      tellWhenOpen(channel, sockets.open(channel, server));
    }

    @Override
    public void closeSocket(int channel) {
      sockets.close(channel);
    }

    @Override
    public void send(int channel, RawMessage query, InetSocketAddress server) {
      sockets.send(channel, query.bytes(), server);
    }

    @Override
    public void connect(int connection, InetSocketAddress server) {
      tcp.connect(server, getContext().getSelf(), event -> new OnConnection(connection, event));
    }

    @Override
    public void disconnect() {
      tcp.close();
      tcp.closed();
    }

    @Override
    public void sendOverTcp(int transaction, RawMessage query) {
      if (!tcp.send(query.bytes())) {
        DnsProxy.this.carryOut(exchange.onTcpBusy(transaction));
      }
    }

    @Override
    public void reply(TsProxy.Ask asker, Answer answer) {
      asker.replyTo().tell(answer);
    }

    @Override
    public void startTicks(Duration interval) {
      timers.startTimerWithFixedDelay(Timer.TICK, interval);
    }

    @Override
    public void stopTicks() {
      timers.cancel(Timer.TICK);
    }

    @Override
    public void handleQueueFirst(long tick) {
      getContext().getSelf().tell(new TickHandled(tick));
    }

    @Override
    public void startProbeTimer(Duration delay) {
      timers.startSingleTimer(Timer.PROBE, delay);
    }

    @Override
    public void stopProbeTimer() {
      timers.cancel(Timer.PROBE);
    }

    @Override
    public void changeHealth(Health health) {
      log.healthChanged(health);
      watch.ifPresent(w -> w.watcher().tell(w.news(id, health)));
    }

    @Override
    public void changeCongestion(boolean isCongested) {
      congestion.applies(isCongested);
    }

    @Override
    public void logHostUnknown(String reason) {
      log.hostUnknown(reason);
    }
  }
}
