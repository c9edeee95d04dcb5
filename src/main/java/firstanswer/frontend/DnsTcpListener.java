package firstanswer.frontend;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import firstanswer.access.ClientLimits;
import firstanswer.access.ClientNetwork;
import firstanswer.access.InFlight;
import firstanswer.access.Refusal;
import firstanswer.codec.wire.Query;
import firstanswer.codec.wire.QueryReader;
import firstanswer.codec.wire.Received;
import firstanswer.codec.wire.ResponseWriter;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.dns.Answer;
import firstanswer.resolver.Asker;
import firstanswer.transport.Bound;
import firstanswer.transport.DnsFraming;
import firstanswer.transport.TcpListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Listens for DNS over TCP in front of a resolver (RFC 7766). The queries of a connection run side
 * by side, and each answer leaves when it is there; a connection for whose next query there is no
 * room is not read on, and a query that is too long ends its connection.
 */
final class DnsTcpListener {
  private final ClientLimits limits;
  private final Asker asker;
  private final InFlight inFlight;
  private final DnsListenerSettings settings;
  private final TcpListener listener;

  /** In front of {@code asker}, for clients within {@code limits}. */
  DnsTcpListener(
      ClientLimits limits, Asker asker, InFlight inFlight, DnsListenerSettings settings) {
    this.limits = limits;
    this.asker = asker;
    this.inFlight = inFlight;
    this.settings = settings;
    this.listener =
        new TcpListener(
            limits.connections(settings.maxConnections(), settings.maxConnectionsPerClient()),
            settings.idleTimeout(),
            settings.writeTimeout());
  }

  /** Binds {@code address}; fails if that is not possible. */
  CompletionStage<Bound> bind(HostPort address, ActorSystem<?> system) {
    return listener.bind(
        address,
        this::conversation,
        why -> Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()),
        system);
  }

  private Flow<ByteString, ByteString, NotUsed> conversation(ClientNetwork client) {
    return Flow.of(ByteString.class)
        .via(new DnsFraming(DnsListener.MAX_QUERY_BYTES, settings.messageTimeout()))
        .via(listener.untilDrained())
        .map(QueryReader::read)
        .filter(received -> received != Received.Ignored.IGNORED)
        .mapAsync(1, received -> start(client, received))
        // Less one: the stage above has started one query more than this one has taken.
        .mapAsyncUnordered(settings.inFlightOfOneConnection() - 1, response -> response)
        .map(DnsFraming::bytes);
  }

  /** Begins to answer one query, when there is room for it; the inner stage has the response. */
  private CompletionStage<CompletionStage<byte[]>> start(ClientNetwork client, Received received) {
    if (received instanceof Received.ToResolve toResolve) {
      Query query = toResolve.query();
      return limits.withinRate(client)
          ? inFlight.start(
              client,
              () -> asker.ask(query.question()).thenApply(answer -> response(query, answer)),
              () -> busy(client, query, Refusal.IN_FLIGHT))
          : now(busy(client, query, Refusal.RATE));
    }
    return now(((Received.Answered) received).response().bytes());
  }

  private byte[] busy(ClientNetwork client, Query query, Refusal why) {
    limits.refused(why, client);
    return ResponseWriter.busy(query);
  }

  private static CompletionStage<CompletionStage<byte[]>> now(byte[] response) {
    return CompletableFuture.completedFuture(CompletableFuture.completedFuture(response));
  }

  private static byte[] response(Query query, Answer answer) {
    return DnsListener.response(query, answer, ResponseWriter.MAX_BYTES);
  }
}
