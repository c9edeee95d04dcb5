package firstanswer.upstream.text;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.TextUpstreamSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
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
 * <p>The proxy keeps one connection, and opens another when that is lost. Queries go on meanwhile:
 * those that still wait when a connection is established are sent over it. A server that cannot be
 * reached is thus a silent one.
 *
 * <p>An answer goes to those who wait for the name that it begins with, and to nobody else. The
 * proxy drops and counts an answer that is late, comes twice, or was never asked for.
 */
public final class TextProxy extends AbstractBehavior<TsProxy.Message> {

  private record OnConnection(OutgoingConnection.Event<TextMessage> event)
      implements TsProxy.Message {}

  private enum Timer implements TsProxy.Message {
    CONNECT,
    STABLE,
    GIVE_UP_LEAVING
  }

  private enum State {
    /** There is no connection: one is being made, or will be after a pause. */
    CONNECTING,
    CONNECTED,
    /** The server has been told that we leave; the proxy stops when the connection has closed. */
    LEAVING
  }

  private static final Duration PATIENCE_WHEN_LEAVING = Duration.ofMillis(500);

  private final TimerScheduler<TsProxy.Message> timers;
  private final UpstreamAddress.Text upstream;
  private final TextUpstreamSettings settings;
  private final PendingQueries pending;
  private final NameSender sender;
  private final Backoff backoff;
  private final Outage outage;
  private OutgoingConnection<String> connection;
  private State state = State.CONNECTING;
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
    // Otherwise Akka names the logger after a class of its own once it has logged about a timer.
    context.setLoggerName(TextProxy.class);
    this.timers = timers;
    this.upstream = upstream;
    this.settings = settings;
    this.pending = new PendingQueries(settings.maxPending());
    this.sender = new NameSender(pending, upstream.framing(), settings.bareGap(), timers);
    this.backoff =
        new Backoff(settings.reconnectMin(), settings.reconnectMax(), ThreadLocalRandom.current());
    this.outage = new Outage(upstream.name(), context.getLog());
    connect();
  }

  @Override
  public Receive<TsProxy.Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(TsProxy.Ask.class, this::onAsk)
        .onMessage(TsProxy.Forget.class, this::onForget)
        .onMessage(TsProxy.Watch.class, this::onWatch)
        .onMessageEquals(TsProxy.Close.CLOSE, this::onClose)
        .onMessage(OnConnection.class, this::onConnection)
        .onMessageEquals(Timer.CONNECT, this::onConnect)
        .onMessageEquals(Timer.STABLE, this::onStable)
        .onMessageEquals(Timer.GIVE_UP_LEAVING, Behaviors::stopped)
        .onMessageEquals(NameSender.Timer.GAP_OVER, this::onGapOver)
        .onMessageEquals(NameSender.Timer.ASK_AGAIN, this::onAskAgain)
        .build();
  }

  private Behavior<TsProxy.Message> onAsk(TsProxy.Ask ask) {
    if (!canBeAsked(ask.question())) {
      ask.replyTo().tell(new Answer.Unheard(Answer.Unheard.Cause.NOT_ASKABLE));
    } else if (pending.add(ask)) {
      sendWhatIsDue();
    } else {
      ask.replyTo().tell(new Answer.Unheard(Answer.Unheard.Cause.OVER_BUDGET));
    }
    return this;
  }

  /** The protocol knows host names and IPv4 addresses. */
  private static boolean canBeAsked(Question question) {
    return question.type() == Type.A && question.name().isHostName();
  }

  private void sendWhatIsDue() {
    if (state == State.CONNECTED) {
      sender.sendOver(connection);
    }
  }

  private Behavior<TsProxy.Message> onForget(TsProxy.Forget forget) {
    pending.forget(forget.id());
    return this;
  }

  private Behavior<TsProxy.Message> onWatch(TsProxy.Watch message) {
    outage.watch(message);
    return this;
  }

  private Behavior<TsProxy.Message> onClose() {
    if (late + foreign > 0) {
      getContext()
          .getLog()
          .info("{}: {} late and {} foreign answers dropped", upstream.name(), late, foreign);
    }
    if (state != State.CONNECTED) {
      return Behaviors.stopped();
    }
    state = State.LEAVING;
    timers.startSingleTimer(Timer.GIVE_UP_LEAVING, PATIENCE_WHEN_LEAVING);
    connection.leave(TextCodec.END_OF_CONVERSATION);
    return this;
  }

  private Behavior<TsProxy.Message> onConnect() {
    connect();
    return this;
  }

  private void connect() {
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
            OnConnection::new);
  }

  private Behavior<TsProxy.Message> onConnection(OnConnection message) {
    OutgoingConnection.Event<TextMessage> event = message.event();
    if (event instanceof OutgoingConnection.Opening<?> opening) {
      opening.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
    } else if (event instanceof OutgoingConnection.Established) {
      onEstablished();
    } else if (event instanceof OutgoingConnection.Messages<TextMessage> received) {
      received.messages().forEach(this::onAnswer);
      received.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
      sendWhatIsDue();
    } else if (event instanceof OutgoingConnection.Closed<?> closed) {
      return onClosed(closed.reason());
    }
    return this;
  }

  private void onEstablished() {
    state = State.CONNECTED;
    outage.onEstablished();
    timers.startSingleTimer(Timer.STABLE, settings.reconnectMax());
    sendWhatIsDue();
  }

  private void onAnswer(TextMessage message) {
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
    sender.onAnswerTo(name);
  }

  private Behavior<TsProxy.Message> onClosed(String reason) {
    if (state == State.LEAVING) {
      return Behaviors.stopped();
    }
    state = State.CONNECTING;
    outage.onLost(reason);
    timers.cancel(Timer.STABLE);
    sender.onLost();
    timers.startSingleTimer(Timer.CONNECT, backoff.next());
    return this;
  }

  private Behavior<TsProxy.Message> onStable() {
    backoff.reset();
    outage.onStable();
    sendWhatIsDue();
    return this;
  }

  private Behavior<TsProxy.Message> onGapOver() {
    sender.onGapOver();
    sendWhatIsDue();
    return this;
  }

  private Behavior<TsProxy.Message> onAskAgain() {
    sender.onAskAgain();
    sendWhatIsDue();
    return this;
  }
}
