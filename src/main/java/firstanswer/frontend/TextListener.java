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
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.LineOrRestDecoder;
import firstanswer.codec.text.MessageDecoder;
import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TextMessage;
import firstanswer.codec.wire.AddressReader;
import firstanswer.config.HostPort;
import firstanswer.config.TextListenerSettings;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.resolver.Asker;
import firstanswer.transport.Bound;
import firstanswer.transport.TcpListener;
import firstanswer.transport.TextDialogue;
import firstanswer.transport.TextFraming;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Listens for the text protocol in front of a resolver.
 *
 * <p>The way of the bytes of one connection: cut into messages; a message waits until the server
 * has room for its query, and nothing more is read meanwhile; the queries run side by side, and
 * their answers leave in the order of the queries, framed as they were. Every limit holds the
 * client back rather than letting something grow here.
 */
public final class TextListener {
  private final ClientLimits limits;
  private final Asker asker;
  private final TextListenerSettings settings;
  private final InFlight inFlight;
  private final TcpListener listener;

  private TextListener(ClientLimits limits, Asker asker, TextListenerSettings settings) {
    this.limits = limits;
    this.asker = asker;
    this.settings = settings;
    this.inFlight = limits.inFlight(settings.maxInFlight(), settings.maxConnections());
    this.listener =
        new TcpListener(
            limits.connections(settings.maxConnections(), settings.maxConnectionsPerClient()),
            settings.idleTimeout(),
            settings.writeTimeout());
  }

  /**
   * Binds {@code address}, for clients within {@code limits}, in front of {@code asker}; fails if
   * that is not possible.
   */
  public static CompletionStage<Bound> bind(
      HostPort address,
      ClientLimits limits,
      Asker asker,
      TextListenerSettings settings,
      ActorSystem<?> system) {
    TextListener text = new TextListener(limits, asker, settings);
    return text.listener.bind(address, text::conversation, TextListener::refusal, system);
  }

  private static Flow<ByteString, ByteString, NotUsed> refusal(Refusal why) {
    String reason = why == Refusal.NOT_ALLOWED ? "not allowed" : "too many connections";
    return Flow.fromSinkAndSource(Sink.cancelled(), Source.single(error(reason, Framing.LINE)));
  }

  private static ByteString error(String reason, Framing framing) {
    return TextDialogue.bytes(TextCodec.ERROR + reason, framing);
  }

  private Flow<ByteString, ByteString, NotUsed> conversation(ClientNetwork client) {
    return Flow.of(ByteString.class)
        .via(new TextFraming(this::newDecoder))
        .via(listener.untilDrained())
        .mapAsync(1, message -> start(client, message))
        // Less one: the stage above has started one query more than this one has taken.
        .mapAsync(settings.inFlightOfOneConnection() - 1, answer -> answer)
        .filter(ByteString::nonEmpty);
  }

  private MessageDecoder newDecoder() {
    return LineOrRestDecoder.forQueries(settings.rest(), settings.restAfterNewline());
  }

  /**
   * Begins to answer one message, when there is room for its query. The inner stage has the bytes;
   * none when the resolver is silent.
   */
  private CompletionStage<CompletionStage<ByteString>> start(
      ClientNetwork client, TextMessage message) {
    if (!limits.withinRate(client)) {
      return now(busy(client, message, Refusal.RATE));
    }
    Optional<DomainName> name = TextCodec.readQuery(message.text());
    if (name.isEmpty()) {
      return now(error(mistake(message), message.framing()));
    }
    Question question = Question.ofText(name.get());
    return inFlight.start(
        client,
        () -> asker.ask(question).thenApply(answer -> bytes(message, answer)),
        () -> busy(client, message, Refusal.IN_FLIGHT));
  }

  private ByteString busy(ClientNetwork client, TextMessage message, Refusal why) {
    limits.refused(why, client);
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

  private static ByteString bytes(TextMessage message, Answer answer) {
    return TextCodec.writeAnswer(message.text(), asText(answer))
        .map(text -> TextDialogue.bytes(text, message.framing()))
        .orElse(ByteString.emptyByteString());
  }

  /** A positive answer of a name server becomes its first address. */
  private static Answer asText(Answer answer) {
    return answer instanceof Answer.Positive positive
            && positive.content() instanceof Content.Message message
        ? AddressReader.firstAddress(message)
            .<Answer>map(a -> Answer.Positive.line(TextCodec.positive(a.name(), a.address())))
            .orElse(Answer.Negative.NODATA)
        : answer;
  }
}
