package firstanswer.upstream.text;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.clock.NanoClock;
import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.TextUpstreamSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.transport.tcp.OutgoingConnection;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.Optional;

/**
 * The TsProxy of a server of the text protocol.
 *
 * <p>The proxy keeps one connection, and opens another one when the connection is lost. Meanwhile,
 * queries wait; a new connection gets all queries that still wait. A server that cannot be reached
 * is thus a silent server.
 *
 * <p>An answer goes to the askers of the name that it begins with, and to nobody else. The proxy
 * drops and counts an answer that is late, comes twice, or was never asked for.
 *
 * <p>The text protocol asks for a name, not for a type. {@link AnswerForType} turns the answer into
 * an answer for other types.
 */
public final class TextProxy extends AbstractBehavior<TsProxy.Message> {

  private enum Timer implements TsProxy.Message {
    GIVE_UP_LEAVING
  }

  private static final Duration PATIENCE_WHEN_LEAVING = Duration.ofMillis(500);

  private final TimerScheduler<TsProxy.Message> timers;
  private final String name;
  private final PendingQueries pending;
  private final NameSender sender;
  private final ServerLink link;
  private boolean leaving;
  private long late;
  private long foreign;

  /** A proxy of {@code upstream}. */
  public static Behavior<TsProxy.Command> create(
      UpstreamAddress.Text upstream, TextUpstreamSettings settings, NanoClock clock) {
    return Behaviors.setup(
        context ->
            create(
                upstream,
                settings,
                clock,
                TextServer.overTcp(upstream, settings, context.getSystem())));
  }

  /** A proxy with another way to the server, for tests. */
  static Behavior<TsProxy.Command> create(
      UpstreamAddress.Text upstream,
      TextUpstreamSettings settings,
      NanoClock clock,
      TextServer server) {
    return Behaviors.<TsProxy.Message>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      // Akka names the logger after another class if it logs about a timer first.
                      context.setLoggerName(TextProxy.class);
                      ServerLink link = new ServerLink(context, timers, server, settings, clock);
                      link.connect();
                      return new TextProxy(context, timers, upstream, settings, link);
                    }))
        .narrow();
  }

  private TextProxy(
      ActorContext<TsProxy.Message> context,
      TimerScheduler<TsProxy.Message> timers,
      UpstreamAddress.Text upstream,
      TextUpstreamSettings settings,
      ServerLink link) {
    super(context);
    this.timers = timers;
    this.name = upstream.name();
    this.pending = new PendingQueries(settings.maxPending());
    this.sender = new NameSender(pending, upstream.framing(), settings.bareGap(), timers);
    this.link = link;
  }

  @Override
  public Receive<TsProxy.Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(TsProxy.Ask.class, this::onAsk)
        .onMessage(TsProxy.Forget.class, this::onForget)
        .onMessage(TsProxy.Watch.class, this::onWatch)
        .onMessageEquals(TsProxy.Close.CLOSE, this::onClose)
        .onMessage(ServerLink.OnConnection.class, this::onConnection)
        .onMessageEquals(ServerLink.Timer.CONNECT, () -> after(link::connect))
        .onMessageEquals(ServerLink.Timer.STABLE, () -> after(link::onStable))
        .onMessageEquals(ServerLink.Timer.JUDGE, () -> after(link::onJudge))
        .onMessageEquals(ServerLink.Timer.PROBE, () -> after(link::onProbeTimer))
        .onMessage(ServerLink.Probed.class, probe -> after(() -> link.onProbed(probe)))
        .onMessageEquals(NameSender.Timer.GAP_OVER, () -> after(sender::onGapOver))
        .onMessageEquals(NameSender.Timer.ASK_AGAIN, () -> after(sender::onAskAgain))
        .onMessageEquals(Timer.GIVE_UP_LEAVING, Behaviors::stopped)
        .build();
  }

  /** Handles an event that may let names go out. */
  private Behavior<TsProxy.Message> after(Runnable event) {
    event.run();
    sendWhatIsDue();
    return this;
  }

  private void sendWhatIsDue() {
    if (link.isEstablished() && !leaving && sender.sendOver(link.connection())) {
      link.onSent();
    }
  }

  /** The protocol can ask for host names only. */
  private Behavior<TsProxy.Message> onAsk(TsProxy.Ask ask) {
    ask.taken();
    if (!ask.question().name().isHostName()) {
      ask.replyTo().tell(new Answer.Unheard(Answer.Unheard.Cause.NOT_ASKABLE));
    } else if (pending.add(ask)) {
      sendWhatIsDue();
    } else {
      ask.replyTo().tell(new Answer.Unheard(Answer.Unheard.Cause.OVER_BUDGET));
    }
    return this;
  }

  private Behavior<TsProxy.Message> onForget(TsProxy.Forget forget) {
    pending.forget(forget.id());
    return this;
  }

  private Behavior<TsProxy.Message> onWatch(TsProxy.Watch message) {
    link.watch(message);
    return this;
  }

  private Behavior<TsProxy.Message> onClose() {
    if (late + foreign > 0) {
      getContext().getLog().info("{}: {} late and {} foreign answers dropped", name, late, foreign);
    }
    if (leaving || !link.isEstablished()) {
      return Behaviors.stopped();
    }
    leaving = true;
    timers.startSingleTimer(Timer.GIVE_UP_LEAVING, PATIENCE_WHEN_LEAVING);
    link.leave(TextCodec.END_OF_CONVERSATION);
    return this;
  }

  private Behavior<TsProxy.Message> onConnection(ServerLink.OnConnection message) {
    OutgoingConnection.Event<TextMessage> event = message.event();
    if (event instanceof OutgoingConnection.Opening<?> opening) {
      opening.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
    } else if (event instanceof OutgoingConnection.Established) {
      link.onEstablished();
    } else if (event instanceof OutgoingConnection.Messages<TextMessage> received) {
      link.onHeard();
      received.messages().forEach(this::onAnswer);
      received.acknowledge().tell(OutgoingConnection.Acknowledged.ACKNOWLEDGED);
    } else if (event instanceof OutgoingConnection.Closed<?> closed) {
      return onClosed(closed);
    }
    sendWhatIsDue();
    return this;
  }

  private void onAnswer(TextMessage message) {
    Optional<TextCodec.NamedAnswer> answer = TextCodec.readAnswer(message.text());
    if (answer.isEmpty()) {
      foreign++;
      return;
    }
    DomainName about = answer.get().name();
    switch (pending.deliver(about, answer.get().answer())) {
      case DELIVERED -> {}
      case LATE -> late++;
      case FOREIGN -> foreign++;
    }
    sender.onAnswerTo(about);
  }

  private Behavior<TsProxy.Message> onClosed(OutgoingConnection.Closed<?> closed) {
    if (leaving) {
      return Behaviors.stopped();
    }
    sender.onLost();
    link.onLost(closed);
    return this;
  }
}
