package firstanswer.frontend;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Graph;
import akka.stream.KillSwitches;
import akka.stream.Materializer;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import akka.stream.scaladsl.TcpAttributes;
import akka.util.ByteString;
import firstanswer.settings.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Accepts TCP connections, no more than a limit, and gives each a conversation of its own. What a
 * conversation is, is the affair of its protocol.
 */
final class TcpListener {
  private static final int BACKLOG = 1024;

  /** So much is put together for the next write while the system has not taken the last one. */
  private static final int WRITE_BYTES = 16 * 1024;

  /**
   * Akka then asks for more only when the system has taken everything; by default, it asks as soon
   * as it holds less than 16 KB.
   */
  private static final Attributes NO_BUFFER = TcpAttributes.tcpWriteBufferSize(1);

  private final Connections connections;
  private final Duration idleTimeout;
  private final Duration writeTimeout;
  private final SharedKillSwitch noMoreQueries = KillSwitches.shared("no-more-queries");

  /**
   * Closes a connection on which nothing is sent either way for {@code idleTimeout}, or whose
   * client does not take what is sent for {@code writeTimeout}.
   */
  TcpListener(Connections connections, Duration idleTimeout, Duration writeTimeout) {
    this.connections = connections;
    this.idleTimeout = idleTimeout;
    this.writeTimeout = writeTimeout;
  }

  /**
   * Binds {@code address}; fails if that is not possible.
   *
   * @param conversation from the bytes of the client to those for it
   * @param refusal what a client is told whose connection is not let in
   */
  CompletionStage<Bound> bind(
      HostPort address,
      Flow<ByteString, ByteString, NotUsed> conversation,
      Function<InetAddress, Flow<ByteString, ByteString, NotUsed>> refusal,
      ActorSystem<?> system) {
    Materializer materializer = Materializer.matFromSystem(system);
    return Tcp.get(system)
        .bind(address.host(), address.port(), BACKLOG, List.of(), true, Optional.empty())
        .to(
            Sink.foreach(
                connection -> {
                  InetAddress client = connection.remoteAddress().getAddress();
                  connection
                      .flow()
                      .addAttributes(NO_BUFFER)
                      .join(
                          connections.tryOpen(client)
                              ? counted(conversation, client)
                              : refusal.apply(client))
                      .run(materializer);
                }))
        .run(materializer)
        .thenApply(this::bound);
  }

  private Flow<ByteString, ByteString, NotUsed> counted(
      Flow<ByteString, ByteString, NotUsed> conversation, InetAddress client) {
    return BidiFlow.<ByteString, ByteString>bidirectionalIdleTimeout(idleTimeout)
        .join(conversation.via(takenInTime()))
        .watchTermination((unused, end) -> connections.closedWith(client, end));
  }

  /**
   * Ends with nothing, for which there is demand only when the system has taken all that was
   * before: otherwise a client that half-closes and reads no further would keep a connection that
   * nobody watches any more.
   */
  private Flow<ByteString, ByteString, NotUsed> takenInTime() {
    return Flow.of(ByteString.class)
        .batchWeighted(
            WRITE_BYTES, bytes -> (long) bytes.size(), bytes -> bytes, ByteString::concat)
        .concatLazy(Source.single(ByteString.emptyByteString()))
        .backpressureTimeout(writeTimeout);
  }

  /** Through this, queries go until the listener is drained. */
  <T> Graph<FlowShape<T, T>, SharedKillSwitch> untilDrained() {
    return noMoreQueries.flow();
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
}
