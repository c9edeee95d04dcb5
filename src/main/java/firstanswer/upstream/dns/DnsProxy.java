package firstanswer.upstream.dns;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.util.ByteString;
import firstanswer.codec.wire.AnswerReader;
import firstanswer.codec.wire.UpstreamResponse;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.UpstreamId;
import firstanswer.transport.tcp.DnsOverTcp;
import firstanswer.transport.tcp.OutgoingConnection;
import firstanswer.transport.udp.UdpTransport;
import firstanswer.transport.udp.UdpTransport.UdpSocket;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.health.ServerHealth;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Type;

/**
 * The TsProxy of a name server.
 *
 * <p>Each question goes out over one of several UDP sockets, chosen at random, under a random id,
 * and an answer counts only if it comes from the server's address and port to that socket, with
 * that id and that question (RFC 5452 section 9.1); what else comes is counted and dropped. When
 * UDP stays silent, the question is sent once more. When the answer was cut, the question goes to
 * the same server over TCP; when the server rejects EDNS, it is asked without (RFC 6891 section 7).
 *
 * <p>Until the sockets are open and the server's host name has been looked up, questions wait. A
 * server that cannot be reached over UDP is a silent one; one whose name is unknown, or that cannot
 * be reached over TCP, fails.
 */
public final class DnsProxy extends AbstractBehavior<TsProxy.Message> {

  private record Opened(UdpSocket socket) implements TsProxy.Message {}

  private record NotOpened(String reason) implements TsProxy.Message {}

  private record Datagram(int channel, ByteString message, InetSocketAddress from)
      implements TsProxy.Message {}

  private record OnConnection(int number, OutgoingConnection.Event<byte[]> event)
      implements TsProxy.Message {}

  /** Whatever has been sent so long before that tick is late. */
  private record Due(long tick) implements TsProxy.Message {}

  private enum Timer implements TsProxy.Message {
    TICK,
    PROBE
  }

  /** How finely the time until a query is sent once more is measured. */
  private static final int TICKS = 10;

  /** What every name server has an answer to, if only that it refuses to. */
  private static final Question PROBE =
      new Question(DomainName.ofWire(new byte[1], 0), Type.NS, new Manner.Dns(0, Optional.empty()));

  /** Datagrams that wait for the actor, and how long each may be: far above what we ask for. */
  private static final int MAX_UNREAD = 16384;

  private static final int MAX_DATAGRAM_BYTES = 4096;

  private final TimerScheduler<TsProxy.Message> timers;
  private final UpstreamAddress.Dns upstream;
  private final DnsUpstreamSettings settings;
  private final RandomIds random = new RandomIds();
  private final Attempts attempts;
  private final TcpFallback tcp;
  private final ServerHealth health;

  private final UdpSockets sockets;

  /** What came before we could ask, by id. */
  private final Map<Long, TsProxy.Ask> early = new LinkedHashMap<>();

  /** Over UDP, and still waited for; the oldest first. */
  private final Set<Attempt> sentOnce = new LinkedHashSet<>();

  private final AtomicInteger unread = new AtomicInteger();
  private boolean lookedUp;
  private Optional<InetSocketAddress> server = Optional.empty();
  private long tick;
  private long unexpected;

  /** The ids of our own asks are negative. */
  private long probes;

  /** A proxy of {@code upstream}. */
  public static Behavior<TsProxy.Command> create(
      UpstreamAddress.Dns upstream, DnsUpstreamSettings settings, UdpTransport transport) {
    return Behaviors.<TsProxy.Message>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      DnsProxy proxy = new DnsProxy(context, timers, upstream, settings);
                      proxy.open(transport);
                      proxy.lookUp();
                      return proxy;
                    }))
        .narrow();
  }

  private DnsProxy(
      ActorContext<TsProxy.Message> context,
      TimerScheduler<TsProxy.Message> timers,
      UpstreamAddress.Dns upstream,
      DnsUpstreamSettings settings) {
    super(context);
    // Akka's guess, made when it first logs something of a timer itself, is a class of its own.
    context.setLoggerName(DnsProxy.class);
    this.timers = timers;
    this.upstream = upstream;
    this.settings = settings;
    this.attempts = new Attempts(settings.maxPending(), random);
    this.tcp = new TcpFallback(attempts, this::connect);
    this.health =
        new ServerHealth(new UpstreamId(upstream.name()), settings.health(), context.getLog());
    this.sockets = new UdpSockets(settings.sockets(), random);
  }

  @Override
  public Receive<TsProxy.Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Datagram.class, this::onDatagram)
        .onMessage(TsProxy.Ask.class, this::onAsk)
        .onMessage(TsProxy.Forget.class, this::onForget)
        .onMessage(OnConnection.class, this::onConnection)
        .onMessageEquals(Timer.TICK, this::onTick)
        .onMessage(Due.class, this::onDue)
        .onMessageEquals(Timer.PROBE, this::onProbe)
        .onMessage(TsProxy.Watch.class, this::onWatch)
        .onMessage(HostLookUp.Found.class, this::onFound)
        .onMessage(HostLookUp.NotFound.class, this::onNotFound)
        .onMessage(Opened.class, this::onOpened)
        .onMessage(NotOpened.class, this::onNotOpened)
        .onMessageEquals(TsProxy.Close.CLOSE, this::onClose)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private void open(UdpTransport transport) {
    ActorRef<TsProxy.Message> self = getContext().getSelf();
    UdpTransport.Receiver receiver =
        (datagram, from, socket) -> {
          // More are lost, as any datagram may be.
          if (datagram.length <= MAX_DATAGRAM_BYTES && unread.get() < MAX_UNREAD) {
            unread.incrementAndGet();
            self.tell(
                new Datagram(
                    socket.address().getPort(), ByteString.fromArrayUnsafe(datagram), from));
          }
        };
    for (CompletionStage<UdpSocket> bound : sockets.open(transport, receiver)) {
      getContext()
          .pipeToSelf(
              bound,
              (socket, failure) ->
                  failure == null ? new Opened(socket) : new NotOpened(failure.getMessage()));
    }
  }

  private Behavior<TsProxy.Message> onOpened(Opened message) {
    sockets.opened(message.socket());
    return serveIfReady();
  }

  private Behavior<TsProxy.Message> onNotOpened(NotOpened message) {
    getContext().getLog().warn("{}: no socket: {}", upstream.name(), message.reason());
    sockets.notOpened();
    return serveIfReady();
  }

  private void lookUp() {
    getContext()
        .spawn(
            Behaviors.supervise(
                    HostLookUp.create(
                        upstream.server().host(),
                        settings.resolveInterval(),
                        getContext().getSelf().narrow()))
                .onFailure(SupervisorStrategy.resume()),
            "look-up");
  }

  private Behavior<TsProxy.Message> onFound(HostLookUp.Found message) {
    server = Optional.of(new InetSocketAddress(message.address(), upstream.server().port()));
    lookedUp = true;
    return serveIfReady();
  }

  /** The address that was found before, if one was, is still the best guess. */
  private Behavior<TsProxy.Message> onNotFound(HostLookUp.NotFound message) {
    if (!lookedUp) {
      getContext().getLog().warn("{}: {}; trying again", upstream.name(), message.reason());
    }
    lookedUp = true;
    return serveIfReady();
  }

  private boolean ready() {
    return lookedUp && sockets.areSettled();
  }

  private Behavior<TsProxy.Message> serveIfReady() {
    if (ready()) {
      early.values().forEach(this::ask);
      early.clear();
    }
    return this;
  }

  private Behavior<TsProxy.Message> onAsk(TsProxy.Ask query) {
    if (ready()) {
      ask(query);
    } else if (early.size() < settings.maxPending()) {
      early.put(query.id(), query);
    } else {
      query.replyTo().tell(new Answer.Unheard(Answer.Unheard.Cause.OVER_BUDGET));
    }
    return this;
  }

  private void ask(TsProxy.Ask query) {
    if (health.admits()) {
      begin(query);
    } else {
      query.replyTo().tell(new Answer.Unheard(Answer.Unheard.Cause.DOWN));
    }
  }

  private void begin(TsProxy.Ask query) {
    if (server.isEmpty() || sockets.isEmpty()) {
      query.replyTo().tell(unreachable());
      return;
    }
    UdpSocket socket = sockets.any();
    attempts
        .begin(query, socket.address().getPort())
        .ifPresentOrElse(
            attempt -> sendFirst(attempt, socket),
            () -> query.replyTo().tell(new Answer.Unheard(Answer.Unheard.Cause.OVER_BUDGET)));
  }

  private Answer unreachable() {
    return sockets.isEmpty()
        ? new Answer.Unheard(Answer.Unheard.Cause.UNREACHABLE, "no socket")
        : new Answer.Unheard(Answer.Unheard.Cause.HOST_UNKNOWN);
  }

  private void sendFirst(Attempt attempt, UdpSocket socket) {
    socket.send(attempt.query(), server.orElseThrow());
    if (!timers.isTimerActive(Timer.TICK)) {
      // What is sent from now on is later than all that was answered before.
      tick++;
      timers.startTimerWithFixedDelay(Timer.TICK, settings.retransmitAfter().dividedBy(TICKS));
    }
    attempt.sentAt(tick);
    sentOnce.add(attempt);
  }

  /**
   * What is late is looked at when all that had come by now has been: if we are the slow ones, the
   * server is not to blame.
   */
  private Behavior<TsProxy.Message> onTick() {
    tick++;
    getContext().getSelf().tell(new Due(tick));
    return this;
  }

  /** Sends once more what was sent long enough ago. */
  private Behavior<TsProxy.Message> onDue(Due now) {
    List<Attempt> late =
        sentOnce.stream().takeWhile(attempt -> now.tick() - attempt.sentTick() > TICKS).toList();
    late.forEach(this::onLate);
    if (health.isWorthAsking()) {
      probe();
    }
    if (sentOnce.isEmpty()) {
      timers.cancel(Timer.TICK);
    }
    if (health.isDown() && !timers.isTimerActive(Timer.PROBE)) {
      timers.startSingleTimer(Timer.PROBE, health.onProbe());
    }
    return this;
  }

  private void onLate(Attempt attempt) {
    sentOnce.remove(attempt);
    health.onLate(attempt.sentTick());
    if (attempt.isForgotten()) {
      attempts.end(attempt);
    } else {
      sockets.at(attempt.channel()).send(attempt.query(), server.orElseThrow());
    }
  }

  private Behavior<TsProxy.Message> onProbe() {
    if (health.isDown()) {
      timers.startSingleTimer(Timer.PROBE, health.onProbe());
      probe();
    }
    return this;
  }

  /** A question of our own, whose answer nobody waits for. */
  private void probe() {
    TsProxy.Ask probe = new TsProxy.Ask(--probes, PROBE, getContext().getSystem().ignoreRef());
    begin(probe);
    attempts.of(probe.id()).ifPresent(this::forget);
  }

  private Behavior<TsProxy.Message> onWatch(TsProxy.Watch watch) {
    health.tell(watch);
    return this;
  }

  private Behavior<TsProxy.Message> onForget(TsProxy.Forget message) {
    early.remove(message.id());
    attempts.of(message.id()).ifPresent(this::forget);
    return this;
  }

  /** While its answer may still come in time, it tells how the server is. */
  private void forget(Attempt attempt) {
    if (!sentOnce.contains(attempt)) {
      attempts.end(attempt);
    } else if (!attempts.forget(attempt)) {
      sentOnce.remove(attempt);
    }
  }

  private Behavior<TsProxy.Message> onDatagram(Datagram datagram) {
    unread.decrementAndGet();
    byte[] message = datagram.message().toArrayUnsafe();
    Optional<Attempt> attempt =
        AnswerReader.id(message)
            .filter(id -> server.filter(datagram.from()::equals).isPresent())
            .flatMap(id -> attempts.find(datagram.channel(), id));
    Optional<UpstreamResponse> response =
        attempt.flatMap(a -> AnswerReader.read(a.query(), message));
    response.ifPresentOrElse(r -> onResponse(attempt.orElseThrow(), r), () -> unexpected++);
    return this;
  }

  private void onResponse(Attempt attempt, UpstreamResponse response) {
    if (sentOnce.remove(attempt)) {
      health.onAnswer(response.answer(), attempt.sentTick());
      if (!health.isDown()) {
        timers.cancel(Timer.PROBE);
      }
    }
    if (attempt.isForgotten()) {
      attempts.end(attempt);
    } else if (response.truncated()) {
      tcp.take(attempt);
    } else if (response.rejectsEdns()) {
      attempts.dropEdns(attempt);
      sendFirst(attempt, sockets.at(attempt.channel()));
    } else {
      attempts.settle(attempt, response.answer());
    }
  }

  private OutgoingConnection<byte[]> connect(int number) {
    return OutgoingConnection.open(
        DnsOverTcp.connection(
            server.orElseThrow(),
            settings.connectTimeout(),
            settings.idleTimeout(),
            getContext().getSystem()),
        settings.maxPending(),
        getContext().getSystem(),
        getContext().getSelf(),
        event -> new OnConnection(number, event));
  }

  private Behavior<TsProxy.Message> onConnection(OnConnection message) {
    tcp.on(message.number(), message.event());
    return this;
  }

  private Behavior<TsProxy.Message> onClose() {
    long dropped = unexpected + tcp.unexpected();
    if (dropped > 0) {
      getContext()
          .getLog()
          .info("{}: {} late or foreign answers dropped", upstream.name(), dropped);
    }
    return Behaviors.stopped();
  }

  private Behavior<TsProxy.Message> onPostStop(PostStop signal) {
    sockets.close();
    tcp.close();
    return this;
  }
}
