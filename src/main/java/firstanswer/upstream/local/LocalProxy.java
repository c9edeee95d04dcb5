package firstanswer.upstream.local;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.table.TsServer;
import firstanswer.tsproxy.TsProxy;

/** The TsProxy of a table server in this process, which is always up. */
public final class LocalProxy extends AbstractBehavior<TsProxy.Command> {
  private final ActorRef<TsServer.Command> tableServer;

  /** Passes every question on; the table server answers the asker itself. */
  public static Behavior<TsProxy.Command> create(ActorRef<TsServer.Command> tableServer) {
    return Behaviors.setup(context -> new LocalProxy(context, tableServer));
  }

  private LocalProxy(
      ActorContext<TsProxy.Command> context, ActorRef<TsServer.Command> tableServer) {
    super(context);
    this.tableServer = tableServer;
  }

  @Override
  public Receive<TsProxy.Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(TsProxy.Ask.class, this::onAsk)
        .onMessage(TsProxy.Watch.class, watch -> this)
        // The table server keeps no question, so it has none to forget.
        .onMessage(TsProxy.Forget.class, forget -> this)
        .onMessageEquals(TsProxy.Close.CLOSE, Behaviors::stopped)
        .build();
  }

  private Behavior<TsProxy.Command> onAsk(TsProxy.Ask ask) {
    ask.taken();
    tableServer.tell(new TsServer.LookUp(ask.question(), ask.replyTo()));
    return this;
  }
}
