package firstanswer.transport.tcp;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.io.Inet;
import akka.japi.Pair;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import firstanswer.clock.NanoClock;
import firstanswer.codec.text.BareAnswerDecoder;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.LineOrRestDecoder;
import firstanswer.codec.text.MessageDecoder;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.HostPort;
import firstanswer.config.KeepAliveSettings;
import firstanswer.transport.framing.TextFraming;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The text protocol over a connection that we open: queries to the server, answers from it. */
public final class TextOverTcp {
  /** The look-up of a host name has a time of its own, which this leaves room for. */
  private static final long LOOK_UP_MILLIS = 1000;

  private TextOverTcp() {}

  /**
   * How to speak to a server.
   *
   * @param framing how each message to the server ends; those from the server must end the same way
   * @param bareRest for how long a bare answer of unusual shape rests before it counts as whole
   */
  public record Terms(
      Framing framing,
      Duration bareRest,
      Duration connectTimeout,
      Optional<KeepAliveSettings> keepAlive) {}

  /**
   * Connects when the flow starts. The connection closes when the flow of messages to the server
   * has ended and the server has closed, too.
   */
  public static Flow<String, TextMessage, CompletionStage<Tcp.OutgoingConnection>> connection(
      HostPort server, Terms terms, ActorSystem<?> system) {
    List<Inet.SocketOption> options =
        terms.keepAlive().<Inet.SocketOption>map(KeepAlive::new).stream().toList();
    return Flow.<String>create()
        .map(message -> TextFraming.bytes(message, terms.framing()))
        .viaMat(
            TcpBytes.to(unresolved(server), options, terms.connectTimeout(), system), Keep.right())
        .via(new TextFraming(() -> answerDecoder(terms), NanoClock.SYSTEM));
  }

  /**
   * Connects and closes at once.
   *
   * @return completes when the server has accepted the connection; fails like the connecting,
   *     within about a second of {@code timeout}
   */
  public static CompletionStage<Done> probe(
      HostPort server, Duration timeout, ActorSystem<?> system) {
    Pair<CompletableFuture<Optional<ByteString>>, CompletionStage<Tcp.OutgoingConnection>> probe =
        Source.<ByteString>maybe()
            .viaMat(TcpBytes.closedTogether(unresolved(server), timeout, system), Keep.both())
            .to(Sink.ignore())
            .run(system);
    return probe
        .second()
        .toCompletableFuture()
        .orTimeout(timeout.toMillis() + LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)
        .whenComplete((connected, failure) -> probe.first().complete(Optional.empty()))
        .thenApply(connected -> Done.getInstance());
  }

  private static InetSocketAddress unresolved(HostPort server) {
    return InetSocketAddress.createUnresolved(server.host(), server.port());
  }

  private static MessageDecoder answerDecoder(Terms terms) {
    return terms.framing() == Framing.BARE
        ? new BareAnswerDecoder(terms.bareRest())
        : LineOrRestDecoder.forAnswers();
  }
}
