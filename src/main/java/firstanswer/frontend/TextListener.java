package firstanswer.frontend;

import akka.Done;
import akka.NotUsed;
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
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.LineOrRestDecoder;
import firstanswer.codec.text.MessageDecoder;
import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TextMessage;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.framing.TextDialogue;
import firstanswer.framing.TextFraming;
import firstanswer.resolver.Asker;
import firstanswer.settings.HostPort;
import firstanswer.settings.TextListenerSettings;
import java.net.InetSocketAddress;
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

  private final Asker asker;
  private final TextListenerSettings settings;
  private final InFlight inFlight;
  private final Connections connections;
  private final SharedKillSwitch noMoreQueries = KillSwitches.shared("no-more-queries");

  private TextListener(Asker asker, TextListenerSettings settings) {
    this.asker = asker;
    this.settings = settings;
    this.inFlight = new InFlight(settings.maxInFlight(), settings.maxConnections());
    this.connections = new Connections(settings.maxConnections());
  }

  /** Binds {@code address} in front of {@code asker}; fails if that is not possible. */
  public static CompletionStage<Bound> bind(
      HostPort address, Asker asker, TextListenerSettings settings, ActorSystem<?> system) {
    return new TextListener(asker, settings).bind(address, system);
  }

  private CompletionStage<Bound> bind(HostPort address, ActorSystem<?> system) {
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
    return TextCodec.writeAnswer(message.text(), answer)
        .map(text -> TextDialogue.bytes(text, message.framing()))
        .orElse(ByteString.emptyByteString());
  }
}
