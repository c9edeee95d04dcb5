package firstanswer.transport.tcp;

import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Tcp;
import firstanswer.clock.NanoClock;
import firstanswer.codec.text.BareAnswerDecoder;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.LineOrRestDecoder;
import firstanswer.codec.text.MessageDecoder;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.HostPort;
import firstanswer.transport.framing.TextFraming;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The text protocol over a connection that we open: queries to the server, answers from it. */
public final class TextOverTcp {
  private TextOverTcp() {}

  /**
   * Connects when the flow starts. The connection closes when the flow of messages to the server
   * has ended and the server has closed, too.
   *
   * @param framing how each message to the server ends; those from the server must end the same way
   * @param bareRest for how long a bare answer of unusual shape rests before it counts as whole
   */
  public static Flow<String, TextMessage, CompletionStage<Tcp.OutgoingConnection>> connection(
      HostPort server,
      Framing framing,
      Duration bareRest,
      Duration connectTimeout,
      ActorSystem<?> system) {
    InetSocketAddress address = InetSocketAddress.createUnresolved(server.host(), server.port());
    return Flow.<String>create()
        .map(message -> TextFraming.bytes(message, framing))
        .viaMat(TcpBytes.to(address, connectTimeout, system), Keep.right())
        .via(new TextFraming(() -> answerDecoder(framing, bareRest), NanoClock.SYSTEM));
  }

  private static MessageDecoder answerDecoder(Framing framing, Duration bareRest) {
    return framing == Framing.BARE
        ? new BareAnswerDecoder(bareRest)
        : LineOrRestDecoder.forAnswers();
  }
}
