package firstanswer.upstream.dns;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.transport.tcp.DnsOverTcp;
import firstanswer.transport.tcp.OutgoingConnection;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;

/** The latest TCP connection to one name server. */
final class TcpTransport {
  private final DnsUpstreamSettings settings;
  private final ActorSystem<?> system;
  private Optional<OutgoingConnection<byte[]>> connection = Optional.empty();

  /** Begins without a connection. */
  TcpTransport(DnsUpstreamSettings settings, ActorSystem<?> system) {
    this.settings = settings;
    this.system = system;
  }

  /** Begins to connect; {@code owner} gets the events of the connection, turned by {@code wrap}. */
  <M> void connect(
      InetSocketAddress server,
      ActorRef<M> owner,
      Function<OutgoingConnection.Event<byte[]>, M> wrap) {
    connection =
        Optional.of(
            OutgoingConnection.open(
                DnsOverTcp.connection(
                    server, settings.connectTimeout(), settings.idleTimeout(), system),
                settings.maxPending(),
                system,
                owner,
                wrap));
  }

  /**
   * Sends a query; false if too much waits to be written. Drops a query for a connection that is
   * closing: the owner hears soon that the connection is lost.
   */
  boolean send(byte[] query) {
    return connection.isEmpty() || connection.get().send(query) != OutgoingConnection.Sending.BUSY;
  }

  /** The connection is gone. Forgets the connection, so that its stream does not stay in memory. */
  void closed() {
    connection = Optional.empty();
  }

  /** Closes the connection, if there is one. */
  void close() {
    connection.ifPresent(OutgoingConnection::close);
  }
}
