package firstanswer.upstream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.dns.Manner;
import firstanswer.resolver.Query;
import firstanswer.tsproxy.TsProxy;
import java.util.EnumSet;

/**
 * The TsProxy of a table server in another process that listens for both protocols. Each question
 * goes to the server in the protocol of the client, so that the client gets the replies of this
 * protocol.
 */
public final class TextOrDnsProxy extends AbstractBehavior<TsProxy.Command> {
  private final ActorRef<TsProxy.Command> text;
  private final ActorRef<TsProxy.Command> dns;

  /** Passes every question on to the proxy of its protocol. */
  public static Behavior<TsProxy.Command> create(
      ActorRef<TsProxy.Command> text, ActorRef<TsProxy.Command> dns) {
    return Behaviors.setup(context -> new TextOrDnsProxy(context, text, dns));
  }

  private TextOrDnsProxy(
      ActorContext<TsProxy.Command> context,
      ActorRef<TsProxy.Command> text,
      ActorRef<TsProxy.Command> dns) {
    super(context);
    this.text = text;
    this.dns = dns;
  }

  @Override
  public Receive<TsProxy.Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(TsProxy.Ask.class, this::onAsk)
        .onMessage(TsProxy.Watch.class, this::onWatch)
        .onMessage(TsProxy.Forget.class, this::onForget)
        .onMessageEquals(TsProxy.Close.CLOSE, Behaviors::stopped)
        .build();
  }

  private Behavior<TsProxy.Command> onAsk(TsProxy.Ask ask) {
    boolean isText = ask.question().manner() == Manner.Text.TEXT;
    (isText ? text : dns).tell(ask);
    return this;
  }

  /** Each proxy reports the health in its own protocol: a server may be up in one protocol only. */
  private Behavior<TsProxy.Command> onWatch(TsProxy.Watch watch) {
    text.tell(new TsProxy.Watch(watch.watcher(), EnumSet.of(Query.Protocol.TEXT)));
    dns.tell(new TsProxy.Watch(watch.watcher(), EnumSet.of(Query.Protocol.DNS)));
    return this;
  }

  /** Tells both proxies; the proxy that was not asked ignores the message. */
  private Behavior<TsProxy.Command> onForget(TsProxy.Forget forget) {
    text.tell(forget);
    dns.tell(forget);
    return this;
  }
}
