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
import firstanswer.codec.wire.ClientQuery;
import firstanswer.codec.wire.KeepaliveWriter;
import firstanswer.codec.wire.QueryReader;
import firstanswer.codec.wire.ResponseWriter;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.resolver.Query.Protocol;
import firstanswer.resolver.Query.Transport;
import firstanswer.transport.OpenListener;
import firstanswer.transport.framing.DnsFraming;
import firstanswer.transport.tcp.Answering;
import firstanswer.transport.tcp.Answering.Order;
import firstanswer.transport.tcp.TcpListener;
import firstanswer.transport.tcp.TcpListener.Accepted;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Listens for DNS over TCP (RFC 7766). The queries of a connection run side by side, and each
 * answer leaves as soon as it is there. A connection is not read while there is no room for its
 * next query. A query that is too long ends its connection, and so does a message that is no query
 * and gets no answer: otherwise a client could send such messages without end at no cost of its
 * own.
 */
final class DnsTcpListener {
  /**
   * A quarter of the longest answer. If we expected more of a new client, few slow answers would
   * keep its other queries waiting; if less, it could have more long answers than there is room.
   */
  private static final int EXPECTED_BYTES = 16 * 1024;

  private final Service service;
  private final DnsListenerSettings settings;
  private final TcpListener<Refusal> tcp;
  private final Answering<ClientMessage> answering;
  private final KeepaliveWriter keepalive;

  /** Creates a listener for {@code service}. */
  DnsTcpListener(Service service, DnsListenerSettings settings, TcpListener<Refusal> tcp) {
    this.service = service;
    this.settings = settings;
    this.tcp = tcp;
    this.keepalive = new KeepaliveWriter(settings.limits().idleTimeout());
    this.answering = new Answering<>(Order.OF_ANSWERS, settings.limits(), EXPECTED_BYTES);
  }

  /** Binds {@code address}; fails if that is not possible. */
  CompletionStage<OpenListener> bind(HostPort address, ActorSystem<?> system) {
    return tcp.bind(
        address,
        this::connection,
        why -> Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()),
        system);
  }

  private Flow<ByteString, ByteString, NotUsed> connection(Accepted connection) {
    Client client = Client.at(connection.client());
    return Flow.of(ByteString.class)
        .via(new DnsFraming(DnsListener.MAX_QUERY_BYTES, settings.messageTimeout()))
        .via(tcp.untilDrained())
        .map(QueryReader::read)
        .takeWhile(message -> isQuery(client, message))
        .via(answering.flow(message -> start(client, message), connection.unsent()));
  }

  private boolean isQuery(Client client, ClientMessage message) {
    boolean query = message != ClientMessage.NoQuery.NO_QUERY;
    if (!query) {
      service.admission().countNoQuery(client);
    }
    return query;
  }

  /** Begins to answer one message when there is room for it. The inner stage has the response. */
  private CompletionStage<CompletionStage<ByteString>> start(Client client, ClientMessage message) {
    if (service.admission().checkRate(client).isPresent()) {
      return now(ImmediateResponse.busy(message));
    }
    Optional<byte[]> immediate = ImmediateResponse.to(message);
    if (immediate.isPresent()) {
      return now(immediate.get());
    }
    ClientQuery query = (ClientQuery) message;
    return service
        .admission()
        .startWhenRoom(
            client, () -> resolve(client, query), () -> bytes(query, ResponseWriter.busy(query)));
  }

  private CompletionStage<ByteString> resolve(Client client, ClientQuery query) {
    return service
        .resolve(query.question(), Protocol.DNS, Transport.TCP, client)
        .thenApply(
            outcome -> bytes(query, DnsReply.write(query, outcome, ResponseWriter.MAX_BYTES)));
  }

  private ByteString bytes(ClientQuery query, byte[] response) {
    return DnsFraming.bytes(keepalive.write(query, response));
  }

  private static CompletionStage<CompletionStage<ByteString>> now(byte[] response) {
    return CompletableFuture.completedFuture(
        CompletableFuture.completedFuture(DnsFraming.bytes(response)));
  }
}
