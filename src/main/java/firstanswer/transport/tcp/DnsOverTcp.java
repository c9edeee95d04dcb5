package firstanswer.transport.tcp;

import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Tcp;
import firstanswer.codec.wire.ResponseWriter;
import firstanswer.transport.framing.DnsFraming;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** DNS over a connection that we open (RFC 7766): queries to the server, answers from it. */
public final class DnsOverTcp {
  private DnsOverTcp() {}

  /**
   * Connects when the flow starts. The connection closes when the flow of queries has ended and the
   * server has closed, too.
   *
   * @param idleTimeout fails the connection when the server has sent nothing for this long; an
   *     answer that has begun must be whole within the same time
   */
  public static Flow<byte[], byte[], CompletionStage<Tcp.OutgoingConnection>> connection(
      InetSocketAddress server,
      Duration connectTimeout,
      Duration idleTimeout,
      ActorSystem<?> system) {
    return Flow.<byte[]>create()
        .map(DnsFraming::bytes)
        .viaMat(TcpBytes.to(server, connectTimeout, system), Keep.right())
        .idleTimeout(idleTimeout)
        .via(new DnsFraming(ResponseWriter.MAX_BYTES, idleTimeout));
  }
}
