package firstanswer.transport;

import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Tcp;
import firstanswer.codec.wire.ResponseWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Our side of a TCP connection to a name server: queries to it, answers from it. */
public final class DnsDialogue {
  private DnsDialogue() {}

  /**
   * A connection that is made when the flow starts. It closes when the flow of queries has ended
   * and the server has closed, too.
   *
   * @param idleTimeout after which it fails when the server has said nothing; also the time within
   *     which an answer that has begun must be whole
   */
  public static Flow<byte[], byte[], CompletionStage<Tcp.OutgoingConnection>> with(
      InetSocketAddress server,
      Duration connectTimeout,
      Duration idleTimeout,
      ActorSystem<?> system) {
    return Flow.<byte[]>create()
        .map(DnsFraming::bytes)
        .viaMat(
            Tcp.get(system)
                .outgoingConnection(
                    server,
                    Optional.empty(),
                    List.of(),
                    true,
                    Optional.of(connectTimeout),
                    Optional.empty()),
            Keep.right())
        .idleTimeout(idleTimeout)
        .via(new DnsFraming(ResponseWriter.MAX_BYTES, idleTimeout));
  }
}
