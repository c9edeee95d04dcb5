package firstanswer.frontend;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import firstanswer.access.Client;
import firstanswer.access.Refusal;
import firstanswer.codec.wire.ClientMessage;
import firstanswer.codec.wire.DnsQuery;
import firstanswer.codec.wire.QueryReader;
import firstanswer.codec.wire.ResponseWriter;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.resolver.Query.Protocol;
import firstanswer.resolver.Query.Transport;
import firstanswer.transport.DnsFraming;
import firstanswer.transport.OpenListener;
import firstanswer.transport.TcpListener;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Listens for DNS over TCP (RFC 7766). The queries of a connection run side by side, and each
 * answer leaves when it is there; a connection for whose next query there is no room is not read
 * on, and a query that is too long ends its connection.
 */
final class DnsTcpListener {
  private final Service service;
  private final DnsListenerSettings settings;
  private final TcpListener<Refusal> tcp;

  /** In front of {@code service}. */
  DnsTcpListener(Service service, DnsListenerSettings settings, TcpListener<Refusal> tcp) {
    this.service = service;
    this.settings = settings;
    this.tcp = tcp;
  }

  /** Binds {@code address}; fails if that is not possible. */
  CompletionStage<OpenListener> bind(HostPort address, ActorSystem<?> system) {
    return tcp.bind(
        address,
        this::connection,
        why -> Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()),
        system);
  }

  private Flow<ByteString, ByteString, NotUsed> connection(InetAddress address) {
    Client client = Client.at(address);
    return Flow.of(ByteString.class)
        .via(new DnsFraming(DnsListener.MAX_QUERY_BYTES, settings.messageTimeout()))
        .via(tcp.untilDrained())
        .map(QueryReader::read)
        .filter(message -> message != ClientMessage.Ignored.IGNORED)
        .mapAsync(1, message -> start(client, message))
        // Less one: the stage above has started one query more than this one has taken.
        .mapAsyncUnordered(settings.inFlightOfOneConnection() - 1, response -> response)
        .map(DnsFraming::bytes);
  }

  /** Begins to answer one query, when there is room for it; the inner stage has the response. */
  private CompletionStage<CompletionStage<byte[]>> start(Client client, ClientMessage message) {
    if (message instanceof ClientMessage.ToResolve toResolve) {
      DnsQuery query = toResolve.query();
      return service.admission().checkRate(client).isPresent()
          ? now(ResponseWriter.busy(query))
          : service
              .admission()
              .startWhenRoom(
                  client, () -> resolve(client, query), () -> ResponseWriter.busy(query));
    }
    return now(((ClientMessage.Answered) message).response().bytes());
  }

  private CompletionStage<byte[]> resolve(Client client, DnsQuery query) {
    return service
        .resolve(query.question(), Protocol.DNS, Transport.TCP, client)
        .thenApply(outcome -> DnsReply.write(query, outcome, ResponseWriter.MAX_BYTES));
  }

  private static CompletionStage<CompletionStage<byte[]>> now(byte[] response) {
    return CompletableFuture.completedFuture(CompletableFuture.completedFuture(response));
  }
}
