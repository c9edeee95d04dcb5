package firstanswer.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import firstanswer.codec.text.BareAnswerDecoder;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.LineOrRestDecoder;
import firstanswer.codec.text.MessageDecoder;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.HostPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Our side of a connection to a server of the text protocol: messages to it, messages from it. */
public final class TextDialogue {
  private TextDialogue() {}

  /**
   * A connection that is made when the flow starts. It closes when the flow of messages to the
   * server has ended and the server has closed, too.
   *
   * @param framing how the messages to the server end; those from it must end the same way
   * @param bareRest for how long a bare answer of unusual shape rests before it counts as whole
   */
  public static Flow<String, TextMessage, CompletionStage<Tcp.OutgoingConnection>> with(
      HostPort server,
      Framing framing,
      Duration bareRest,
      Duration connectTimeout,
      ActorSystem<?> system) {
    return Flow.<String>create()
        .map(message -> bytes(message, framing))
        .viaMat(
            Tcp.get(system)
                .outgoingConnection(
                    InetSocketAddress.createUnresolved(server.host(), server.port()),
                    Optional.empty(),
                    List.of(),
                    true,
                    Optional.of(connectTimeout),
                    Optional.empty()),
            Keep.right())
        .via(new TextFraming(() -> answerDecoder(framing, bareRest)));
  }

  private static MessageDecoder answerDecoder(Framing framing, Duration bareRest) {
    return framing == Framing.BARE
        ? new BareAnswerDecoder(bareRest)
        : LineOrRestDecoder.forAnswers();
  }

  /** One message as it goes over the wire. */
  public static ByteString bytes(String message, Framing framing) {
    return ByteString.fromArrayUnsafe(framing.frame(message).getBytes(ISO_8859_1));
  }

  /** Why a connection failed, for people: the innermost cause says it shortest. */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message =
        Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    // Akka puts the address in front, which whoever reports this does, too.
    return message.replaceFirst("^\\[\\S+] ", "");
  }
}
