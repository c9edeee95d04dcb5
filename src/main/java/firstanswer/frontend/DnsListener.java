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

/**
 * Listens for DNS over UDP and TCP on one port of each address: decodes, resolves and encodes. All
 * addresses share the limits, as one listener.
 */
public final class DnsListener {
  /** With port 0: how many ports to try, since a port that is free for UDP may be taken for TCP. */
  private static final int TRIES = 10;

  /** Far more than any resolver sends. */
  static final int MAX_QUERY_BYTES = 4096;

  /** The transports to listen on. */
  public record Transports(UdpTransport udp, TcpListener<Refusal> tcp) {}

  private final UdpTransport transport;
  private final DnsUdpListener udp;
  private final DnsTcpListener tcp;

  /** Creates a listener for {@code service} that is not bound yet. */
  public DnsListener(Service service, DnsListenerSettings settings, Transports transports) {
    this.transport = transports.udp();
    this.udp = new DnsUdpListener(service);
    this.tcp = new DnsTcpListener(service, settings, transports.tcp());
  }

  /**
   * Binds {@code address}; fails if that is not possible. For port 0, the system picks a port that
   * is free for UDP, and TCP takes the same port. May be called again with other addresses. To
   * drain the listener at one address drains it at all.
   */
  public CompletionStage<OpenListener> bind(HostPort address, ActorSystem<?> system) {
    return bind(address, address.port() == 0 ? TRIES : 1, system);
  }

  private CompletionStage<OpenListener> bind(HostPort address, int tries, ActorSystem<?> system) {
    return udp.bind(address, transport)
        .thenCompose(
            socket ->
                tcp.bind(new HostPort(address.host(), socket.address().getPort()), system)
                    .thenApply(connections -> both(connections, udp.at(socket)))
                    .exceptionallyCompose(
                        failure -> {
                          socket.close();
                          return tries > 1
                              ? bind(address, tries - 1, system)
                              : CompletableFuture.failedStage(failure);
                        }));
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
