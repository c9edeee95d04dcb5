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
final class TcpLink {
  private final DnsUpstreamSettings settings;
  private final ActorSystem<?> system;
  private Optional<OutgoingConnection<byte[]>> connection = Optional.empty();

  /** Begins without a connection. */
  TcpLink(DnsUpstreamSettings settings, ActorSystem<?> system) {
    this.settings = settings;
    this.system = system;
  }

  /** Begins to connect; {@code owner} hears of the connection as {@code wrap} puts it. */
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
   * Sends, unless too much waits to be written; then this is false. A query for a connection that
   * is closing is not sent: the owner hears soon that the connection is lost.
   */
  boolean send(byte[] query) {
    return connection.isEmpty() || connection.get().send(query) != OutgoingConnection.Sending.BUSY;
  }

  /** The connection is gone. Keeps nothing of it: its stream would stay in memory. */
  void closed() {
    connection = Optional.empty();
  }

  /** Closes the connection, if there is one. */
  void close() {
    connection.ifPresent(OutgoingConnection::close);
  }
}
