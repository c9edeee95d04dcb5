package firstanswer.transport.tcp;

import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The bytes of a TCP connection to a server, before any framing. */
final class TcpBytes {
  private TcpBytes() {}

  /** Connects when the flow starts. Each direction of the connection closes by itself. */
  static Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> to(
      InetSocketAddress server, Duration connectTimeout, ActorSystem<?> system) {
    return Tcp.get(system)
        .outgoingConnection(
            server,
            Optional.empty(),
            List.of(),
            true,
            Optional.of(connectTimeout),
            Optional.empty());
  }
}
