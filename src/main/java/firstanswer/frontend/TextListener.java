package firstanswer.frontend;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.LineOrRestDecoder;
import firstanswer.codec.text.MessageDecoder;
import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TextMessage;
import firstanswer.codec.wire.AddressReader;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.framing.TextDialogue;
import firstanswer.framing.TextFraming;
import firstanswer.resolver.Asker;
import firstanswer.settings.AccessList;
import firstanswer.settings.HostPort;
import firstanswer.settings.TextListenerSettings;
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
  private final Asker asker;
  private final TextListenerSettings settings;
  private final InFlight inFlight;
  private final TcpListener listener;

  private TextListener(AccessList allowed, Asker asker, TextListenerSettings settings) {
    this.asker = asker;
    this.settings = settings;
    this.inFlight = new InFlight(settings.maxInFlight(), settings.maxConnections());
    this.listener =
        new TcpListener(
            new Connections(allowed, settings.maxConnections(), settings.maxConnections()),
            settings.idleTimeout(),
            settings.writeTimeout());
  }

  /**
   * Binds {@code address}, for those allowed, in front of {@code asker}; fails if that is not
   * possible.
   */
  public static CompletionStage<Bound> bind(
      HostPort address,
      AccessList allowed,
      Asker asker,
      TextListenerSettings settings,
      ActorSystem<?> system) {
    TextListener text = new TextListener(allowed, asker, settings);
    return text.listener.bind(
        address,
        text.conversation(),
        client -> refusal(allowed.allows(client) ? "too many connections" : "not allowed"),
        system);
  }

  private static Flow<ByteString, ByteString, NotUsed> refusal(String reason) {
    return Flow.fromSinkAndSource(
        Sink.cancelled(),
        Source.single(TextDialogue.bytes(TextCodec.ERROR + reason, Framing.LINE)));
  }

  private Flow<ByteString, ByteString, NotUsed> conversation() {
    return Flow.of(ByteString.class)
        .via(new TextFraming(this::newDecoder))
        .via(listener.untilDrained())
        .mapAsync(1, this::start)
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
  private CompletionStage<CompletionStage<ByteString>> start(TextMessage message) {
    Optional<DomainName> name = TextCodec.readQuery(message.text());
    if (name.isEmpty()) {
      ByteString refusal = TextDialogue.bytes(refusal(message), message.framing());
      return CompletableFuture.completedFuture(CompletableFuture.completedFuture(refusal));
    }
    Question question = Question.ofText(name.get());
    return inFlight.start(
        () -> asker.ask(question).thenApply(answer -> bytes(message, answer)),
        bytes(message, new Answer.Failure("busy")));
  }

  private static String refusal(TextMessage message) {
    if (message.overLong()) {
      return TextCodec.ERROR + "message over " + LineOrRestDecoder.MAX_QUERY_BYTES + " bytes";
    }
    return TextCodec.ERROR + (message.text().isEmpty() ? "empty message" : "not a host name");
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
