package firstanswer.frontend;

import akka.Done;
import akka.actor.typed.ActorSystem;
import firstanswer.access.Refusal;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.transport.OpenListener;
import firstanswer.transport.tcp.TcpListener;
import firstanswer.transport.udp.UdpTransport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Listens for DNS over UDP and TCP on one port: decodes, resolves and encodes. */
public final class DnsListener {
  /** With port 0: how many ports to try, since a port that is free for TCP may be taken for UDP. */
  private static final int TRIES = 10;

  /** Far more than any resolver sends. */
  static final int MAX_QUERY_BYTES = 4096;

  private DnsListener() {}

  /**
   * The transports to listen on.
   *
   * @param tcp makes a listener that is not bound yet
   */
  public record Transports(UdpTransport udp, Supplier<TcpListener<Refusal>> tcp) {}

  /**
   * Binds {@code address} for {@code service}; fails if that is not possible. For port 0, the
   * system picks a port that is free for TCP, and UDP takes the same port.
   */
  public static CompletionStage<OpenListener> bind(
      HostPort address,
      Service service,
      DnsListenerSettings settings,
      Transports transports,
      ActorSystem<?> system) {
    return bind(
        address.port() == 0 ? TRIES : 1,
        () -> new DnsTcpListener(service, settings, transports.tcp().get()).bind(address, system),
        port ->
            new DnsUdpListener(service).bind(new HostPort(address.host(), port), transports.udp()));
  }

  private static CompletionStage<OpenListener> bind(
      int tries,
      Supplier<CompletionStage<OpenListener>> tcpBinding,
      IntFunction<CompletionStage<OpenListener>> udpBinding) {
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

  private static OpenListener both(OpenListener tcp, OpenListener udp) {
    return new OpenListener() {
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
