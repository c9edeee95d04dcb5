package firstanswer.transport;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.BoundedSourceQueue;
import akka.stream.QueueOfferResult;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import akka.stream.typed.javadsl.ActorSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One TCP connection to a server. Its owner hears of it by {@link Event}s; answers come in batches,
 * each of which the owner must acknowledge, so that a server that talks faster than we listen is
 * held back by TCP.
 *
 * @param <Q> what goes to the server
 */
public final class Connection<Q> {
  private static final int MAX_BATCH = 256;

  /** What the owner hears, Closed as the last. */
  public sealed interface Event<A> {}

  /** The stream has started; {@code acknowledge} must get an {@link Acknowledged}. */
  public record Opening<A>(ActorRef<Acknowledged> acknowledge) implements Event<A> {}

  /** The server has accepted the connection. */
  public record Established<A>() implements Event<A> {}

  /** Messages of the server, oldest first. */
  public record Received<A>(List<A> messages, ActorRef<Acknowledged> acknowledge)
      implements Event<A> {}

  /** The connection is gone, or never came about. */
  public record Closed<A>(String reason) implements Event<A> {}

  /** The owner can take more. */
  public enum Acknowledged {
    ACKNOWLEDGED
  }

  /** What becomes of what is to be sent. */
  public enum Sending {
    ACCEPTED,
    /** Too much waits to be written. */
    BUSY,
    /** The connection is gone; {@link Closed} follows, or is on its way. */
    CLOSING
  }

  private final BoundedSourceQueue<Q> toServer;

  private Connection(BoundedSourceQueue<Q> toServer) {
    this.toServer = toServer;
  }

  /**
   * Begins to connect.
   *
   * @param dialogue connects when it is run, and speaks the protocol
   * @param maxUnwritten what may wait to be written
   * @param owner hears of the connection, each event as the message that {@code wrap} makes of it
   */
  public static <Q, A, M> Connection<Q> open(
      Flow<Q, A, CompletionStage<Tcp.OutgoingConnection>> dialogue,
      int maxUnwritten,
      ActorSystem<?> system,
      ActorRef<M> owner,
      Function<Event<A>, M> wrap) {
    // Coupled: when the server has closed, or the connection has failed, our half closes by itself.
    Flow<A, Q, BoundedSourceQueue<Q>> ours =
        Flow.fromSinkAndSourceCoupledMat(
            Flow.<A>create()
                .<List<A>>batch(
                    MAX_BATCH, first -> new ArrayList<>(List.of(first)), Connection::with)
                .to(tell(owner, wrap)),
            Source.queue(maxUnwritten),
            Keep.right());
    Pair<BoundedSourceQueue<Q>, CompletionStage<Tcp.OutgoingConnection>> connection =
        ours.joinMat(dialogue, Keep.both()).run(system);
    connection
        .second()
        .thenAccept(
            established -> {
              if (isToItself(established)) {
                connection.first().complete();
              } else {
                owner.tell(wrap.apply(new Established<>()));
              }
            });
    return new Connection<>(connection.first());
  }

  private static <A, M> Sink<List<A>, NotUsed> tell(ActorRef<M> owner, Function<Event<A>, M> wrap) {
    return ActorSink.actorRefWithBackpressure(
        owner,
        (ActorRef<Acknowledged> acknowledge, List<A> messages) ->
            wrap.apply(new Received<>(messages, acknowledge)),
        acknowledge -> wrap.apply(new Opening<>(acknowledge)),
        Acknowledged.ACKNOWLEDGED,
        wrap.apply(new Closed<>("closed by the server")),
        failure -> wrap.apply(new Closed<>(TextDialogue.reason(failure))));
  }

  /**
   * Who calls a local port that nobody listens at can be given that very port to call from, and TCP
   * then connects the caller to itself, which keeps the server from coming back to its port.
   */
  private static boolean isToItself(Tcp.OutgoingConnection connection) {
    return connection.localAddress().getPort() == connection.remoteAddress().getPort();
  }

  /** Sends if it can. */
  public Sending send(Q query) {
    QueueOfferResult result = toServer.offer(query);
    if (result.isEnqueued()) {
      return Sending.ACCEPTED;
    }
    return result == QueueOfferResult.dropped() ? Sending.BUSY : Sending.CLOSING;
  }

  /** Says {@code farewell} and closes; {@link Closed} follows. */
  public void leave(Q farewell) {
    if (send(farewell) == Sending.ACCEPTED) {
      close();
    }
  }

  /** Closes, if it has not ended by itself; {@link Closed} follows. */
  public void close() {
    try {
      toServer.complete();
    } catch (IllegalStateException e) {
      // It has, and its queue has no way to tell before.
    }
  }

  private static <A> List<A> with(List<A> batch, A next) {
    batch.add(next);
    return batch;
  }
}
