package firstanswer.upstream.text;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.TextUpstreamSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import firstanswer.transport.tcp.OutgoingConnection;
import firstanswer.transport.tcp.TextOverTcp;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.health.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.xbill.DNS.Type;

/**
 * The TsProxy of a server of the text protocol.
 *
 * <p>It keeps one connection, and opens another when that is lost; queries go on meanwhile, and
 * those that still wait when a connection comes about are sent on it. A server that cannot be
 * reached is thus a silent one. A bare server is asked one name at a time: the next goes out when
 * the last is answered or, because a miss is silence, after a gap.
 *
 * <p>An answer goes to those who wait for the name that it begins with, and to nobody else: what is
 * late, comes twice, or was never asked for is dropped and counted.
 */
public final class TextProxy extends AbstractBehavior<TsProxy.Message> {

  private record OnConnection(int number, OutgoingConnection.Event<TextMessage> event)
      implements TsProxy.Message {}

  private enum Timer implements TsProxy.Message {
    CONNECT,
    STABLE,
    GAP_OVER,
    ASK_AGAIN,
    GIVE_UP_LEAVING
  }

  private static final int GAPS_BEFORE_ASKING_AGAIN = 20;

  private static final Duration PATIENCE_WHEN_LEAVING = Duration.ofMillis(500);

  private final TimerScheduler<TsProxy.Message> timers;
  private final UpstreamAddress.Text upstream;
  private final TextUpstreamSettings settings;
  private final PendingQueries pending;
  private final Backoff backoff;
  private OutgoingConnection<String> connection;
  private int connectionNumber;
  private boolean connected;
  private boolean outageKnown;
  private boolean down;
  private Optional<ActorRef<TsProxy.HealthChanged>> watch = Optional.empty();
  private Optional<DomainName> beingAsked = Optional.empty();
  private long late;
  private long foreign;

  /** A proxy of {@code upstream}. */
  public static Behavior<TsProxy.Command> create(
      UpstreamAddress.Text upstream, TextUpstreamSettings settings) {
    return Behaviors.<TsProxy.Message>setup(
            context ->
                Behaviors.withTimers(timers -> new TextProxy(context, timers, upstream, settings)))
        .narrow();
  }

  private TextProxy(
      ActorContext<TsProxy.Message> context,
      TimerScheduler<TsProxy.Message> timers,
      UpstreamAddress.Text upstream,
      TextUpstreamSettings settings) {
    super(context);
    // Akka's guess, made when it first logs something of a timer itself, is a class of its own.
    context.setLoggerName(TextProxy.class);
    this.timers = timers;
    this.upstream = upstream;
    this.settings = settings;
    this.pending = new PendingQueries(settings.maxPending());
    this.backoff =
        new Backoff(settings.reconnectMin(), settings.reconnectMax(), ThreadLocalRandom.current());
    connect();
  }

  @Override
  public Receive<TsProxy.Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(TsProxy.Ask.class, this::onAsk)
        .onMessage(TsProxy.Forget.class, this::onForget)
        .onMessage(OnConnection.class, this::onConnection)
        .onMessage(Timer.class, this::onTimer)
        .onMessage(TsProxy.Watch.class, this::onWatch)
        .onMessageEquals(TsProxy.Close.CLOSE, this::onClose)
        .build();
  }

  private Behavior<TsProxy.Message> onAsk(TsProxy.Ask query) {
    if (!canBeAsked(query.question())) {
      query.replyTo().tell(new Answer.Unheard(Answer.Unheard.Cause.NOT_ASKABLE));
    } else if (pending.add(query)) {
      sendWhatIsDue();
    } else {
      query.replyTo().tell(new Answer.Unheard(Answer.Unheard.Cause.OVER_BUDGET));
    }
    return this;
  }

  /** The protocol knows host names and IPv4 addresses. */
  private static boolean canBeAsked(Question question) {
    return question.type() == Type.A && question.name().isHostName();
  }

  private Behavior<TsProxy.Message> onForget(TsProxy.Forget message) {
    pending.forget(message.id());
    return this;
  }

  private void sendWhatIsDue() {
    while (connected && beingAsked.isEmpty()) {
      Optional<DomainName> next = pending.nextToSend();
      if (next.isEmpty()) {
        askAgainLater();
        return;
      }
      if (connection.send(next.get().toString()) != OutgoingConnection.Sending.ACCEPTED) {
        return;
      }
      pending.sent(next.get());
      if (upstream.framing() == Framing.BARE) {
        beingAsked = next;
        timers.startSingleTimer(Timer.GAP_OVER, settings.bareGap());
      }
    }
  }

  /**
   * A bare server that was held up for longer than the gap takes two names for one, and knows
   * neither. When nothing else is to be asked, it gets a second chance.
   */
  private void askAgainLater() {
    if (upstream.framing() == Framing.BARE
        && pending.hasSentOnce()
        && !timers.isTimerActive(Timer.ASK_AGAIN)) {
      timers.startSingleTimer(
          Timer.ASK_AGAIN, settings.bareGap().multipliedBy(GAPS_BEFORE_ASKING_AGAIN));
    }
  }

  private Behavior<TsProxy.Message> onTimer(Timer timer) {
    switch (timer) {
      case CONNECT -> connect();
      case STABLE -> onStable();
      case GAP_OVER -> beingAsked = Optional.empty();
      case ASK_AGAIN -> pending.sendOnceMore();
      case GIVE_UP_LEAVING -> {
        return Behaviors.stopped();
      }
    }
    sendWhatIsDue();
    return this;
  }

  private void connect() {
    int number = connectionNumber;
    connection =
        OutgoingConnection.open(
            TextOverTcp.connection(
                upstream.server(),
                upstream.framing(),
                settings.bareRest(),
                settings.connectTimeout(),
                getContext().getSystem()),
            settings.maxPending(),
            getContext().getSystem(),
            getContext().getSelf(),
            event -> new OnConnection(number, event));
  }

  private Behavior<TsProxy.Message> onConnection(OnConnection message) {
    if (message.number() != connectionNumber) {
      return this;
    }
    OutgoingConnection.Event<TextMessage> event = message.event();
    if (event instanceof OutgoingConnection.Opening<?> opening) {
      opening.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
    } else if (event instanceof OutgoingConnection.Established) {
      onEstablished();
    } else if (event instanceof OutgoingConnection.Messages<TextMessage> received) {
      received.messages().forEach(this::onMessage);
      received.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
      sendWhatIsDue();
    } else if (event instanceof OutgoingConnection.Closed<?> closed) {
      return onClosed(closed.reason());
    }
    return this;
  }

  /** A miss is silence, so only the connection tells how the server is. */
  private Behavior<TsProxy.Message> onWatch(TsProxy.Watch message) {
    watch = Optional.of(message.watcher());
    return this;
  }

  private void tellHealth(boolean nowDown, String reason) {
    if (down != nowDown) {
      down = nowDown;
      Health health = nowDown ? new Health(Health.State.DOWN, reason) : Health.UP;
      TsProxy.HealthChanged news =
          new TsProxy.HealthChanged(new UpstreamId(upstream.name()), health);
      watch.ifPresent(watcher -> watcher.tell(news));
    }
  }

  private void onEstablished() {
    connected = true;
    tellHealth(false, "");
    timers.startSingleTimer(Timer.STABLE, settings.reconnectMax());
    sendWhatIsDue();
  }

  /** A connection is worth the name when it has lasted: some take every call, and hang up. */
  private void onStable() {
    backoff.reset();
    if (outageKnown) {
      getContext().getLog().info("{}: connected again", upstream.name());
      outageKnown = false;
    }
  }

  private void onMessage(TextMessage message) {
    Optional<TextCodec.NamedAnswer> answer = TextCodec.readAnswer(message.text());
    if (answer.isEmpty()) {
      foreign++;
      return;
    }
    DomainName name = answer.get().name();
    switch (pending.deliver(name, answer.get().answer())) {
      case DELIVERED -> {}
      case LATE -> late++;
      case FOREIGN -> foreign++;
    }
    if (beingAsked.filter(name::equals).isPresent()) {
      beingAsked = Optional.empty();
      timers.cancel(Timer.GAP_OVER);
    }
  }

  private Behavior<TsProxy.Message> onClosed(String reason) {
    if (timers.isTimerActive(Timer.GIVE_UP_LEAVING)) {
      return Behaviors.stopped();
    }
    if (!outageKnown) {
      getContext().getLog().warn("{}: no connection: {}; trying again", upstream.name(), reason);
      outageKnown = true;
    } else {
      // Not at the first loss: it may be back at once.
      tellHealth(true, "no connection: " + reason);
    }
    // What this connection may still say of itself is history.
    connectionNumber++;
    connected = false;
    timers.cancel(Timer.STABLE);
    beingAsked = Optional.empty();
    pending.unsendAll();
    timers.startSingleTimer(Timer.CONNECT, backoff.next());
    return this;
  }

  private Behavior<TsProxy.Message> onClose() {
    if (late + foreign > 0) {
      getContext()
          .getLog()
          .info("{}: {} late and {} foreign answers dropped", upstream.name(), late, foreign);
    }
    if (!connected) {
      return Behaviors.stopped();
    }
    timers.startSingleTimer(Timer.GIVE_UP_LEAVING, PATIENCE_WHEN_LEAVING);
    connection.leave(TextCodec.END_OF_CONVERSATION);
    return this;
  }
}
