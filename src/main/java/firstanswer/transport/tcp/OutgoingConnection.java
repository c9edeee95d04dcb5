package firstanswer.transport.tcp;

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
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A TCP connection that an actor, its owner, opens to a server. The owner learns what happens by
 * {@link Event}s. It must acknowledge each batch of messages, so that TCP holds back a server that
 * talks faster than the owner listens.
 *
 * <p>The stream itself sends every event, one after the other, and {@link Closed} is the last. An
 * owner that opens the next connection only after {@code Closed} gets no further event of the old
 * connection.
 *
 * @param <Q> what goes to the server
 */
public final class OutgoingConnection<Q> {
  /** Answers that wait for the owner. A server may send long ones faster than we take them up. */
  private static final int MAX_BATCH_BYTES = 256 * 1024;

  /** The least weight of a message, so that a batch has at most 256 messages. */
  private static final int MIN_WEIGHT_BYTES = 1024;

  /**
   * The messages to the owner: {@link Opening} first, {@link Established} unless connecting fails,
   * {@link Messages} any number of times, {@link Closed} last.
   *
   * @param <A> what comes from the server
   */
  public sealed interface Event<A> {}

  /** The stream has started; {@code acknowledge} must get an {@link Acknowledged}. */
  public record Opening<A>(ActorRef<Acknowledged> acknowledge) implements Event<A> {}

  /** The server has accepted the connection. */
  public record Established<A>() implements Event<A> {}

  /** The server has sent these, oldest first; {@code acknowledge} must get an Acknowledged. */
  public record Messages<A>(List<A> messages, ActorRef<Acknowledged> acknowledge)
      implements Event<A> {}

  /**
   * The connection is gone, or could not be made; nothing follows.
   *
   * @param refused whether the host of the server has said that nobody listens there
   */
  public record Closed<A>(String reason, boolean refused) implements Event<A> {
    /** Closed for another reason than a refusal. */
    public Closed(String reason) {
      this(reason, false);
    }
  }

  /** The owner can take more. */
  public enum Acknowledged {
    ACKNOWLEDGED
  }

  /** Says whether a message to the server was taken. */
  public enum Sending {
    ACCEPTED,
    /** Too much waits to be written. */
    BUSY,
    /** The connection is gone; {@link Closed} follows, or is on its way. */
    CLOSING
  }

  private final BoundedSourceQueue<Q> toServer;

  private OutgoingConnection(BoundedSourceQueue<Q> toServer) {
    this.toServer = toServer;
  }

  /**
   * Begins to connect.
   *
   * @param protocol connects when it is run, and frames what goes either way
   * @param maxUnwritten messages that may wait to be written
   * @param owner gets each event of the connection, as the message that {@code wrap} makes of it
   */
  public static <Q, A, M> OutgoingConnection<Q> open(
      Flow<Q, A, CompletionStage<Tcp.OutgoingConnection>> protocol,
      int maxUnwritten,
      ActorSystem<?> system,
      ActorRef<M> owner,
      Function<Event<A>, M> wrap) {
    CompletableFuture<Tcp.OutgoingConnection> established = new CompletableFuture<>();
    Flow<A, List<A>, NotUsed> batches =
        Flow.<A>create()
            .merge(tellEstablished(established, owner, wrap), true)
            .batchWeighted(
                MAX_BATCH_BYTES,
                OutgoingConnection::weight,
                first -> new ArrayList<>(List.of(first)),
                OutgoingConnection::with);
    // Coupled: when the server has closed, or the connection has failed, our half closes by itself.
    Flow<A, Q, BoundedSourceQueue<Q>> ours =
        Flow.fromSinkAndSourceCoupledMat(
            batches.to(tell(owner, wrap)), Source.queue(maxUnwritten), Keep.right());
    Pair<BoundedSourceQueue<Q>, CompletionStage<Tcp.OutgoingConnection>> connection =
        ours.joinMat(protocol, Keep.both()).run(system);
    connection.second().whenComplete((made, failure) -> complete(established, made, failure));
    return new OutgoingConnection<>(connection.first());
  }

  /**
   * Tells the owner that the connection stands. This is a part of the stream, since a callback of
   * the future could come after {@link Closed}. Emits nothing and never completes, so that only the
   * server's messages end the stream.
   */
  private static <A, M> Source<A, NotUsed> tellEstablished(
      CompletionStage<Tcp.OutgoingConnection> established,
      ActorRef<M> owner,
      Function<Event<A>, M> wrap) {
    return Source.completionStage(established)
        .<A>mapConcat(
            made -> {
              owner.tell(wrap.apply(new Established<>()));
              return List.of();
            })
        .concat(Source.never());
  }

  private static void complete(
      CompletableFuture<Tcp.OutgoingConnection> established,
      Tcp.OutgoingConnection made,
      Throwable failure) {
    if (failure != null) {
      established.completeExceptionally(failure);
    } else if (isToItself(made)) {
      established.completeExceptionally(
          new ConnectException("no server: the connection leads back to itself"));
    } else {
      established.complete(made);
    }
  }

  /**
   * When we connect to a local port that nobody listens at, the system may choose that very port as
   * ours. TCP then connects us to ourselves, which keeps the server from coming back to its port.
   */
  private static boolean isToItself(Tcp.OutgoingConnection connection) {
    return connection.localAddress().getPort() == connection.remoteAddress().getPort();
  }

  private static <A, M> Sink<List<A>, NotUsed> tell(ActorRef<M> owner, Function<Event<A>, M> wrap) {
    return ActorSink.actorRefWithBackpressure(
        owner,
        (ActorRef<Acknowledged> acknowledge, List<A> messages) ->
            wrap.apply(new Messages<>(messages, acknowledge)),
        acknowledge -> wrap.apply(new Opening<>(acknowledge)),
        Acknowledged.ACKNOWLEDGED,
        wrap.apply(new Closed<>("closed by the server")),
        failure ->
            wrap.apply(new Closed<>(FailureReason.of(failure), FailureReason.isRefusal(failure))));
  }

  /** Sends {@code message} if the connection can take it; says otherwise why not. */
  public Sending send(Q message) {
    QueueOfferResult result = toServer.offer(message);
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

  /** Closes, unless the connection has ended by itself; {@link Closed} follows. */
  public void close() {
    try {
      toServer.complete();
    } catch (IllegalStateException e) {
      // The connection has ended by itself; its queue has no other way to say so.
    }
  }

  /**
   * Ends the connection at once and drops what is not written yet; {@link Closed} follows with
   * {@code reason}, unless the connection has ended by itself.
   */
  public void abort(String reason) {
    try {
      toServer.fail(new IOException(reason));
    } catch (IllegalStateException e) {
      // As in close().
    }
  }

  private static long weight(Object message) {
    return message instanceof byte[] bytes
        ? Math.max(bytes.length, MIN_WEIGHT_BYTES)
        : MIN_WEIGHT_BYTES;
  }

  private static <A> List<A> with(List<A> batch, A next) {
    batch.add(next);
    return batch;
  }
}
