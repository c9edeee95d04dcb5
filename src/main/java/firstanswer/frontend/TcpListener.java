package firstanswer.frontend;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.FlowShape;
import akka.stream.Graph;
import akka.stream.KillSwitches;
import akka.stream.Materializer;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import firstanswer.settings.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Accepts TCP connections, no more than a limit, and gives each a conversation of its own. What a
 * conversation is, is the affair of its protocol.
 */
final class TcpListener {
  private static final int BACKLOG = 1024;

  private final Connections connections;
  private final Duration idleTimeout;
  private final SharedKillSwitch noMoreQueries = KillSwitches.shared("no-more-queries");

  /** Closes a connection on which nothing is sent either way for {@code idleTimeout}. */
  TcpListener(Connections connections, Duration idleTimeout) {
    this.connections = connections;
    this.idleTimeout = idleTimeout;
  }

  /**
   * Binds {@code address}; fails if that is not possible.
   *
   * @param conversation from the bytes of the client to those for it
   * @param refusal of a connection that is one too many
   */
  CompletionStage<Bound> bind(
      HostPort address,
      Flow<ByteString, ByteString, NotUsed> conversation,
      Flow<ByteString, ByteString, NotUsed> refusal,
      ActorSystem<?> system) {
    Materializer materializer = Materializer.matFromSystem(system);
    return Tcp.get(system)
        .bind(address.host(), address.port(), BACKLOG, List.of(), true, Optional.empty())
        .to(
            Sink.foreach(
                connection -> {
                  InetAddress client = connection.remoteAddress().getAddress();
                  connection.handleWith(
                      connections.tryOpen(client) ? counted(conversation, client) : refusal,
                      materializer);
                }))
        .run(materializer)
        .thenApply(this::bound);
  }

  private Flow<ByteString, ByteString, NotUsed> counted(
      Flow<ByteString, ByteString, NotUsed> conversation, InetAddress client) {
    return BidiFlow.<ByteString, ByteString>bidirectionalIdleTimeout(idleTimeout)
        .join(conversation)
        .watchTermination((unused, end) -> connections.closedWith(client, end));
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
