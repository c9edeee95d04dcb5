package firstanswer.frontend;

import akka.Done;
import akka.actor.typed.ActorSystem;
import firstanswer.access.ClientLimits;
import firstanswer.access.InFlight;
import firstanswer.codec.wire.Query;
import firstanswer.codec.wire.ResponseWriter;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.dns.Answer;
import firstanswer.resolver.Asker;
import firstanswer.transport.Bound;
import firstanswer.transport.NioUdp;
import firstanswer.transport.UdpTransport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Listens for DNS, over UDP and TCP at one port, in front of a resolver. */
public final class DnsListener {
  /** Port 0: how often a port that is free for TCP may turn out to be taken for UDP. */
  private static final int TRIES = 10;

  /** Far above what any resolver sends. */
  static final int MAX_QUERY_BYTES = 4096;

  private DnsListener() {}

  /**
   * Binds {@code address}, for clients within {@code limits}; fails if that is not possible. Port 0
   * is a port that is free for TCP, and is then taken for UDP, too.
   */
  public static CompletionStage<Bound> bind(
      HostPort address,
      ClientLimits limits,
      Asker asker,
      DnsListenerSettings settings,
      ActorSystem<?> system) {
    InFlight inFlight = limits.inFlight(settings.maxInFlight(), settings.maxConnections());
    UdpTransport transport = new NioUdp("dns-listener");
    return bind(
        address.port() == 0 ? TRIES : 1,
        () -> new DnsTcpListener(limits, asker, inFlight, settings).bind(address, system),
        port ->
            new DnsUdpListener(limits, asker, inFlight)
                .bind(new HostPort(address.host(), port), transport));
  }

  private static CompletionStage<Bound> bind(
      int tries,
      Supplier<CompletionStage<Bound>> tcpBinding,
      IntFunction<CompletionStage<Bound>> udpBinding) {
    return tcpBinding
        .get()
        .thenCompose(
            tcp ->
                udpBinding
                    .apply(tcp.address().port())
                    .thenApply(udp -> both(tcp, udp))
                    .exceptionallyCompose(
                        failure ->
                            tcp.drain()
                                .thenCompose(
                                    done ->
                                        tries > 1
                                            ? bind(tries - 1, tcpBinding, udpBinding)
                                            : CompletableFuture.failedStage(failure))));
  }

  /**
   * The response to {@code query} that tells {@code answer}. A server that has said what nobody
   * foresaw costs the query that met it an answer, and nothing else.
   */
  static byte[] response(Query query, Answer answer, int maxBytes) {
    try {
      return ResponseWriter.write(query, answer, maxBytes);
    } catch (RuntimeException e) {
      return ResponseWriter.write(query, new Answer.Failure("unusable answer"), maxBytes);
    }
  }

  private static Bound both(Bound tcp, Bound udp) {
    return new Bound() {
      @Override
      public HostPort address() {
        return tcp.address();
      }

      @Override
      public CompletionStage<Done> drain() {
        return tcp.drain().thenCombine(udp.drain(), (done, alsoDone) -> done);
      }
    };
  }
}
