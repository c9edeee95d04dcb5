package firstanswer.transport;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.MailboxSelector;
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
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UDP by Akka: an actor for each socket, which hears of its datagrams. We send past Akka, which
 * closes a socket for good, and tells nobody, when the system refuses a single datagram: because
 * the network is down for a moment, or because somebody has forged a query from port 0.
 */
public final class AkkaUdp implements UdpTransport {
  /**
   * What arrives while we are busy waits in one buffer, what the network does not take at once in
   * another; in bytes, and the system may grant less.
   */
  private static final int BUFFER_BYTES = 1 << 20;

  /** Datagrams that have come and wait for their receiver; more are lost, as any may be. */
  private static final int MAX_UNREAD = 16384;

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
        MailboxSelector.bounded(MAX_UNREAD));
    return socket;
  }

  private enum Close {
    CLOSE
  }

  private static final class SocketActor extends AbstractBehavior<Object> {
    private final Receiver receiver;
    private final CompletableFuture<UdpSocket> socket;
    private final KeptChannel kept = new KeptChannel();
    private Socket bound;
    private akka.actor.ActorRef reader;

    SocketActor(
        ActorContext<Object> context,
        InetSocketAddress wanted,
        Receiver receiver,
        CompletableFuture<UdpSocket> socket) {
      super(context);
      this.receiver = receiver;
      this.socket = socket;
      Iterable<Inet.SocketOption> options =
          List.of(kept, UdpSO.receiveBufferSize(BUFFER_BYTES), UdpSO.sendBufferSize(BUFFER_BYTES));
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
      reader = Adapter.toClassic(getContext()).sender();
      bound = new Socket(message.localAddress(), kept.channel, self());
      socket.complete(bound);
      return this;
    }

    private Behavior<Object> onFailed(Udp.CommandFailed failed) {
      socket.completeExceptionally(
          new BindException("UDP: address in use, not allowed, or not of this host"));
      return Behaviors.stopped();
    }

    private Behavior<Object> onClose(Close close) {
      reader.tell(UdpMessage.unbind(), self());
      return this;
    }
  }

  /** The channel that Akka reads from, kept to send over. */
  private static final class KeptChannel extends Inet.DatagramChannelCreator {
    /** Set by Akka's actor before it tells ours that the socket is bound. */
    private volatile DatagramChannel channel;

    @Override
    public DatagramChannel create() throws IOException {
      channel = DatagramChannel.open();
      return channel;
    }
  }

  /** Akka has made {@code channel} one that does not block. */
  private record Socket(
      InetSocketAddress address, DatagramChannel channel, akka.actor.ActorRef owner)
      implements UdpSocket {
    @Override
    public void send(byte[] datagram, InetSocketAddress to) {
      try {
        channel.send(ByteBuffer.wrap(datagram), to);
      } catch (IOException | UnsupportedAddressTypeException e) {
        // No way there, now or ever: lost, as any datagram may be.
      }
    }

    @Override
    public void close() {
      owner.tell(Close.CLOSE, akka.actor.ActorRef.noSender());
    }
  }
}
