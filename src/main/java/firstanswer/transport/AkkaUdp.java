package firstanswer.transport;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.io.Inet;
import akka.io.Udp;
import akka.io.UdpMessage;
import akka.io.UdpSO;
import akka.util.ByteString;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** UDP by Akka: an actor for each socket, which hears of its datagrams. */
public final class AkkaUdp implements UdpTransport {
  /** What arrives while we are busy waits here, in bytes; the system may grant less. */
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  /** Actors of a system have names of their own. */
  private static final AtomicLong NUMBER = new AtomicLong();

  private final ActorSystem<?> system;

  public AkkaUdp(ActorSystem<?> system) {
    this.system = system;
  }

  @Override
  public CompletionStage<UdpSocket> bind(InetSocketAddress address, Receiver receiver) {
    CompletableFuture<UdpSocket> socket = new CompletableFuture<>();
    system.systemActorOf(
        Behaviors.supervise(
                Behaviors.<Object>setup(
                    context -> new SocketActor(context, address, receiver, socket)))
            .onFailure(SupervisorStrategy.resume()),
        "udp-" + NUMBER.incrementAndGet(),
        Props.empty());
    return socket;
  }

  private enum Close {
    CLOSE
  }

  private static final class SocketActor extends AbstractBehavior<Object> {
    private final Receiver receiver;
    private final CompletableFuture<UdpSocket> socket;
    private Socket bound;

    SocketActor(
        ActorContext<Object> context,
        InetSocketAddress wanted,
        Receiver receiver,
        CompletableFuture<UdpSocket> socket) {
      super(context);
      this.receiver = receiver;
      this.socket = socket;
      Iterable<Inet.SocketOption> options = List.of(UdpSO.receiveBufferSize(RECEIVE_BUFFER_BYTES));
      Udp.get(context.getSystem()).manager().tell(UdpMessage.bind(self(), wanted, options), self());
    }

    private akka.actor.ActorRef self() {
      return Adapter.toClassic(getContext().getSelf());
    }

    @Override
    public Receive<Object> createReceive() {
      return newReceiveBuilder()
          .onMessage(Udp.Received.class, this::onReceived)
          .onMessage(Udp.Bound.class, this::onBound)
          .onMessage(Udp.CommandFailed.class, this::onFailed)
          .onMessage(Close.class, this::onClose)
          .onMessage(Udp.Unbound.class, unbound -> Behaviors.stopped())
          .build();
    }

    private Behavior<Object> onReceived(Udp.Received datagram) {
      receiver.received(datagram.data().toArrayUnsafe(), datagram.sender(), bound);
      return this;
    }

    private Behavior<Object> onBound(Udp.Bound message) {
      bound = new Socket(message.localAddress(), Adapter.toClassic(getContext()).sender(), self());
      socket.complete(bound);
      return this;
    }

    /** A datagram that could not be sent is lost; a socket that could not be bound is not there. */
    private Behavior<Object> onFailed(Udp.CommandFailed failed) {
      if (failed.cmd() instanceof Udp.Bind) {
        socket.completeExceptionally(
            new BindException("UDP: address in use, not allowed, or not of this host"));
        return Behaviors.stopped();
      }
      return this;
    }

    private Behavior<Object> onClose(Close close) {
      bound.channel().tell(UdpMessage.unbind(), self());
      return this;
    }
  }

  private record Socket(
      InetSocketAddress address, akka.actor.ActorRef channel, akka.actor.ActorRef owner)
      implements UdpSocket {
    @Override
    public void send(byte[] datagram, InetSocketAddress to) {
      channel.tell(
          UdpMessage.send(ByteString.fromArrayUnsafe(datagram), to),
          akka.actor.ActorRef.noSender());
    }

    @Override
    public void close() {
      owner.tell(Close.CLOSE, akka.actor.ActorRef.noSender());
    }
  }
}
