package firstanswer.upstream;

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
import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TextMessage;
import firstanswer.framing.TextDialogue;
import firstanswer.settings.TextUpstreamSettings;
import firstanswer.settings.UpstreamAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One TCP connection to a server of the text protocol. Its owner hears of it by {@link Event}s;
 * answers come in batches, each of which the owner must acknowledge, so that a server that talks
 * faster than we listen is held back by TCP.
 */
final class TextConnection {
  private static final int MAX_BATCH = 256;

  /** What the owner hears, Closed as the last. */
  sealed interface Event {}

  /** The stream has started; {@code acknowledge} must get an {@link Acknowledged}. */
  record Opening(ActorRef<Acknowledged> acknowledge) implements Event {}

  /** The server has accepted the connection. */
  enum Established implements Event {
    ESTABLISHED
  }

  /** Messages of the server, oldest first. */
  record Received(List<TextMessage> messages, ActorRef<Acknowledged> acknowledge)
      implements Event {}

  /** The connection is gone, or never came about. */
  record Closed(String reason) implements Event {}

  /** The owner can take more. */
  enum Acknowledged {
    ACKNOWLEDGED
  }

  private final BoundedSourceQueue<String> toServer;

  private TextConnection(BoundedSourceQueue<String> toServer) {
    this.toServer = toServer;
  }

  /**
   * Begins to connect.
   *
   * @param owner hears of the connection, each event as the message that {@code wrap} makes of it
   */
  static <M> TextConnection open(
      UpstreamAddress.Text upstream,
      TextUpstreamSettings settings,
      ActorSystem<?> system,
      ActorRef<M> owner,
      Function<Event, M> wrap) {
    // Coupled: when the server has closed, or the connection has failed, our half closes by itself.
    Flow<TextMessage, String, BoundedSourceQueue<String>> ours =
        Flow.fromSinkAndSourceCoupledMat(
            Flow.of(TextMessage.class)
                .<List<TextMessage>>batch(
                    MAX_BATCH, first -> new ArrayList<>(List.of(first)), TextConnection::with)
                .to(tell(owner, wrap)),
            Source.queue(settings.maxPending()),
            Keep.right());
    Pair<BoundedSourceQueue<String>, CompletionStage<Tcp.OutgoingConnection>> connection =
        ours.joinMat(
                TextDialogue.with(
                    upstream.server(),
                    upstream.framing(),
                    settings.bareRest(),
                    settings.connectTimeout(),
                    system),
                Keep.both())
            .run(system);
    connection
        .second()
        .thenAccept(
            established -> {
              if (isToItself(established)) {
                connection.first().complete();
              } else {
                owner.tell(wrap.apply(Established.ESTABLISHED));
              }
            });
    return new TextConnection(connection.first());
  }

  private static <M> Sink<List<TextMessage>, NotUsed> tell(
      ActorRef<M> owner, Function<Event, M> wrap) {
    return ActorSink.actorRefWithBackpressure(
        owner,
        (ActorRef<Acknowledged> acknowledge, List<TextMessage> messages) ->
            wrap.apply(new Received(messages, acknowledge)),
        acknowledge -> wrap.apply(new Opening(acknowledge)),
        Acknowledged.ACKNOWLEDGED,
        wrap.apply(new Closed("closed by the server")),
        failure -> wrap.apply(new Closed(TextDialogue.reason(failure))));
  }

  /**
   * Who calls a local port that nobody listens at can be given that very port to call from, and TCP
   * then connects the caller to itself, which keeps the server from coming back to its port.
   */
  private static boolean isToItself(Tcp.OutgoingConnection connection) {
    return connection.localAddress().getPort() == connection.remoteAddress().getPort();
  }

  /** Sends a query; false if too many wait to be written, or the connection is closing. */
  boolean send(String query) {
    return toServer.offer(query) == QueueOfferResult.enqueued();
  }

  /** Says goodbye and closes; {@link Closed} follows. */
  void leave() {
    if (send(TextCodec.END_OF_CONVERSATION)) {
      toServer.complete();
    }
  }

  private static List<TextMessage> with(List<TextMessage> batch, TextMessage next) {
    batch.add(next);
    return batch;
  }
}
