package firstanswer.upstream.text;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Tcp;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.TextUpstreamSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.transport.tcp.TextOverTcp;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The way to a server of the text protocol. */
interface TextServer {

  /** The name of the upstream. */
  String name();

  /** A connection for queries and answers, which opens when the flow starts. */
  Flow<String, TextMessage, CompletionStage<Tcp.OutgoingConnection>> connection();

  /**
   * Opens another connection and closes it at once; fails if the connection does not open in time.
   */
  CompletionStage<Done> probe();

  /** Whether {@link #probe} does no harm: a bare server serves one connection at a time. */
  boolean mayBeProbed();

  /** The way over TCP. */
  static TextServer overTcp(
      UpstreamAddress.Text upstream, TextUpstreamSettings settings, ActorSystem<?> system) {
    TextOverTcp.Terms terms =
        new TextOverTcp.Terms(
            upstream.framing(),
            settings.bareRest(),
            settings.connectTimeout(),
            Optional.of(settings.keepAlive()));
    return new TextServer() {
      @Override
      public String name() {
        return upstream.name();
      }

      @Override
      public Flow<String, TextMessage, CompletionStage<Tcp.OutgoingConnection>> connection() {
        return TextOverTcp.connection(upstream.server(), terms, system);
      }

      @Override
      public CompletionStage<Done> probe() {
        return TextOverTcp.probe(upstream.server(), settings.outage().probeTimeout(), system);
      }

      @Override
      public boolean mayBeProbed() {
        return upstream.framing() != Framing.BARE;
      }
    };
  }
}
