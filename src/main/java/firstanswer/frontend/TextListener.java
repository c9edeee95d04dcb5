package firstanswer.frontend;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import firstanswer.access.Client;
import firstanswer.access.Refusal;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.LineOrRestDecoder;
import firstanswer.codec.text.MessageDecoder;
import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.HostPort;
import firstanswer.config.TextListenerSettings;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.resolver.Query.Protocol;
import firstanswer.resolver.Query.Transport;
import firstanswer.transport.OpenListener;
import firstanswer.transport.framing.TextFraming;
import firstanswer.transport.tcp.Answering;
import firstanswer.transport.tcp.Answering.Order;
import firstanswer.transport.tcp.TcpListener;
import firstanswer.transport.tcp.TcpListener.Accepted;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Listens for the text protocol: decodes, resolves and encodes.
 *
 * <p>The bytes of a connection are cut into messages. A message waits until the server has room for
 * its query, and the connection is not read meanwhile. The queries run side by side. Their answers
 * leave in the order of the queries, framed like the queries. Every limit holds the client back, so
 * nothing grows here.
 */
public final class TextListener {
  /** No answer of the text protocol is much longer. */
  private static final int USUAL_ANSWER_BYTES = 64;

  private final Service service;
  private final TextListenerSettings settings;
  private final TcpListener<Refusal> tcp;
  private final Answering<TextMessage> answering;

  /** Creates a listener for {@code service} that is not bound yet. */
  public TextListener(Service service, TextListenerSettings settings, TcpListener<Refusal> tcp) {
    this.service = service;
    this.settings = settings;
    this.tcp = tcp;
    this.answering = new Answering<>(Order.OF_QUERIES, settings.limits(), USUAL_ANSWER_BYTES);
  }

  /**
   * Binds {@code address}; fails if that is not possible. May be called again with other addresses,
   * which share the limits, as one listener. To drain the listener at one address drains it at all.
   */
  public CompletionStage<OpenListener> bind(HostPort address, ActorSystem<?> system) {
    return tcp.bind(address, this::connection, this::refusal, system);
  }

  private Flow<ByteString, ByteString, NotUsed> refusal(Refusal why) {
    String reason = why == Refusal.NOT_ALLOWED ? "not allowed" : "too many connections";
    return Flow.fromSinkAndSource(
        Sink.cancelled(),
        service.admission().tells(why)
            ? Source.single(error(reason, Framing.LINE))
            : Source.empty());
  }

  private static ByteString error(String reason, Framing framing) {
    return TextFraming.bytes(TextCodec.error(reason), framing);
  }

  private Flow<ByteString, ByteString, NotUsed> connection(Accepted connection) {
    Client client = Client.at(connection.client());
    return Flow.of(ByteString.class)
        .via(new TextFraming(this::newDecoder, service.clock()))
        .via(tcp.untilDrained())
        .via(answering.flow(message -> start(client, message), connection.unsent()));
  }

  private MessageDecoder newDecoder() {
    return LineOrRestDecoder.forQueries(settings.rest(), settings.restAfterNewline());
  }

  /**
   * Begins to answer one message when there is room for its query. The inner stage has the bytes of
   * the answer; it is empty if the outcome is silence.
   */
  private CompletionStage<CompletionStage<ByteString>> start(Client client, TextMessage message) {
    if (service.admission().checkRate(client).isPresent()) {
      return now(busy(message));
    }
    Optional<DomainName> name = TextCodec.readQuery(message.text());
    if (name.isEmpty()) {
      return now(error(mistake(message), message.framing()));
    }
    return service
        .admission()
        .startWhenRoom(client, () -> resolve(client, message, name.get()), () -> busy(message));
  }

  private CompletionStage<ByteString> resolve(Client client, TextMessage message, DomainName name) {
    return service
        .resolve(Question.ofText(name), Protocol.TEXT, Transport.TCP, client)
        .thenApply(
            outcome ->
                TextReply.write(message.text(), outcome)
                    .map(text -> TextFraming.bytes(text, message.framing()))
                    .orElse(ByteString.emptyByteString()));
  }

  private static ByteString busy(TextMessage message) {
    return error("busy", message.framing());
  }

  private static CompletionStage<CompletionStage<ByteString>> now(ByteString answer) {
    return CompletableFuture.completedFuture(CompletableFuture.completedFuture(answer));
  }

  private static String mistake(TextMessage message) {
    if (message.overLong()) {
      return "message over " + LineOrRestDecoder.MAX_QUERY_BYTES + " bytes";
    }
    return message.text().isEmpty() ? "empty message" : "not a host name";
  }
}
