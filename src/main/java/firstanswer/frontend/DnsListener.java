package firstanswer.frontend;

import akka.Done;
import akka.actor.typed.ActorSystem;
import firstanswer.resolver.Asker;
import firstanswer.settings.DnsListenerSettings;
import firstanswer.settings.HostPort;
import firstanswer.transport.AkkaUdp;
import java.util.concurrent.CompletionStage;

/** Listens for DNS, over UDP and TCP at one port, in front of a resolver. */
public final class DnsListener {
  private DnsListener() {}

  /**
   * Binds {@code address}; fails if that is not possible. Port 0 is a port that is free for TCP,
   * and is then taken for UDP, too.
   */
  public static CompletionStage<Bound> bind(
      HostPort address, Asker asker, DnsListenerSettings settings, ActorSystem<?> system) {
    InFlight inFlight = new InFlight(settings.maxInFlight(), settings.maxConnections());
    return DnsTcpListener.bind(address, asker, inFlight, settings, system)
        .thenCompose(
            tcp ->
                DnsUdpListener.bind(
                        new HostPort(address.host(), tcp.address().port()),
                        asker,
                        inFlight,
                        new AkkaUdp(system))
                    .thenApply(udp -> both(tcp, udp)));
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
