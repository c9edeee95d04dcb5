package firstanswer.frontend;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.stream.KillSwitches;
import akka.stream.Materializer;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import firstanswer.codec.Framing;
import firstanswer.codec.LineOrRestDecoder;
import firstanswer.codec.MessageDecoder;
import firstanswer.codec.TextCodec;
import firstanswer.codec.TextMessage;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.framing.TextDialogue;
import firstanswer.framing.TextFraming;
import firstanswer.resolver.Resolver;
import firstanswer.settings.HostPort;
import firstanswer.settings.TextListenerSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
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
  private static final int BACKLOG = 1024;

  private final ActorRef<Resolver.Command> resolver;
  private final ActorSystem<?> system;
  private final TextListenerSettings settings;
  private final Duration answerTimeout;
  private final InFlight inFlight;
  private final Connections connections;
  private final SharedKillSwitch noMoreQueries = KillSwitches.shared("no-more-queries");

  private TextListener(
      ActorRef<Resolver.Command> resolver,
      ActorSystem<?> system,
      TextListenerSettings settings,
      Duration answerTimeout) {
    this.resolver = resolver;
    this.system = system;
    this.settings = settings;
    this.answerTimeout = answerTimeout;
    this.inFlight = new InFlight(settings.maxInFlight(), settings.maxConnections());
    this.connections = new Connections(settings.maxConnections());
  }

  /** A listener that is bound. */
  public interface Bound {
    /** Where; the port is the real one. */
    HostPort address();

    /** Takes no more connections and queries; completes when all in flight are answered. */
    CompletionStage<Done> drain();
  }

  /**
   * Binds {@code address}; fails if that is not possible.
   *
   * @param answerTimeout longer than the resolver takes at the longest; after it, TIMED OUT
   */
  public static CompletionStage<Bound> bind(
      HostPort address,
      ActorRef<Resolver.Command> resolver,
      ActorSystem<?> system,
      TextListenerSettings settings,
      Duration answerTimeout) {
    return new TextListener(resolver, system, settings, answerTimeout).bind(address);
  }

  private CompletionStage<Bound> bind(HostPort address) {
    Materializer materializer = Materializer.matFromSystem(system);
    return Tcp.get(system)
        .bind(address.host(), address.port(), BACKLOG, List.of(), true, Optional.empty())
        .to(Sink.foreach(connection -> connection.handleWith(newConnection(), materializer)))
        .run(materializer)
        .thenApply(this::bound);
  }

  private Bound bound(Tcp.ServerBinding binding) {
    InetSocketAddress local = binding.localAddress();
    return new Bound() {
      @Override
      public HostPort address() {
        return HostPort.of(local);
      }

      @Override
      public CompletionStage<Done> drain() {
        return binding
            .unbind()
            .thenCompose(
                unbound -> {
                  noMoreQueries.shutdown();
                  return connections.allClosed();
                });
      }
    };
  }

  private Flow<ByteString, ByteString, NotUsed> newConnection() {
    return connections.tryOpen() ? conversation() : refusal();
  }

  private static Flow<ByteString, ByteString, NotUsed> refusal() {
    String message = TextCodec.ERROR + "too many connections";
    return Flow.fromSinkAndSource(
        Sink.cancelled(), Source.single(TextDialogue.bytes(message, Framing.LINE)));
  }

  private Flow<ByteString, ByteString, NotUsed> conversation() {
    Flow<ByteString, ByteString, NotUsed> answers =
        Flow.of(ByteString.class)
            .via(new TextFraming(this::newDecoder))
            .via(noMoreQueries.flow())
            .mapAsync(1, this::start)
            // Less one: the stage above has started one query more than this one has taken.
            .mapAsync(settings.inFlightOfOneConnection() - 1, answer -> answer)
            .filter(ByteString::nonEmpty)
            .backpressureTimeout(settings.writeTimeout());
    return BidiFlow.<ByteString, ByteString>bidirectionalIdleTimeout(settings.idleTimeout())
        .join(answers)
        .watchTermination((unused, end) -> connections.closedWith(end));
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
    Question question = new Question(name.get());
    return inFlight.start(
        () ->
            Resolver.ask(resolver, question, answerTimeout, system.scheduler())
                .thenApply(answer -> bytes(message, answer)),
        bytes(message, new Answer.Failure("busy")));
  }

  private static String refusal(TextMessage message) {
    if (message.overLong()) {
      return TextCodec.ERROR + "message over " + LineOrRestDecoder.MAX_QUERY_BYTES + " bytes";
    }
    return TextCodec.ERROR + (message.text().isEmpty() ? "empty message" : "not a host name");
  }

  private static ByteString bytes(TextMessage message, Answer answer) {
    return TextCodec.writeAnswer(message.text(), answer)
        .map(text -> TextDialogue.bytes(text, message.framing()))
        .orElse(ByteString.emptyByteString());
  }
}
