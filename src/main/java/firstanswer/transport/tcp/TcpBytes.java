package firstanswer.transport.tcp;

import akka.actor.typed.ActorSystem;
import akka.io.Inet;
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
    return to(server, List.of(), connectTimeout, system);
  }

  /** The same with options of the socket. */
  static Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> to(
      InetSocketAddress server,
      List<Inet.SocketOption> options,
      Duration connectTimeout,
      ActorSystem<?> system) {
    return connection(server, options, true, connectTimeout, system);
  }

  /** The same, but the connection closes when the flow of bytes to the server ends. */
  static Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> closedTogether(
      InetSocketAddress server, Duration connectTimeout, ActorSystem<?> system) {
    return connection(server, List.of(), false, connectTimeout, system);
  }

  private static Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> connection(
      InetSocketAddress server,
      List<Inet.SocketOption> options,
      boolean halfClose,
      Duration connectTimeout,
      ActorSystem<?> system) {
    return Tcp.get(system)
        .outgoingConnection(
            server,
            Optional.empty(),
            options,
            halfClose,
            Optional.of(connectTimeout),
            Optional.empty());
  }
}
