package firstanswer.app;

import akka.actor.typed.ActorSystem;
import firstanswer.access.Admission;
import firstanswer.access.ClientLimits;
import firstanswer.access.Refusal;
import firstanswer.clock.NanoClock;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.config.ListenerLimits;
import firstanswer.config.TextListenerSettings;
import firstanswer.congestion.Congestion;
import firstanswer.frontend.DnsListener;
import firstanswer.frontend.Service;
import firstanswer.frontend.TextListener;
import firstanswer.resolver.Resolver;
import firstanswer.transport.OpenListener;
import firstanswer.transport.tcp.TcpListener;
import firstanswer.transport.udp.NioUdp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Builds the listeners of one server, each in front of its chain. */
final class ListenerWiring {

  /** A listener to bind; {@code key} is its key in the configuration. */
  record ToBind(String key, HostPort address, Supplier<CompletionStage<OpenListener>> binding) {}

  private final String key;
  private final ClientLimits clients;
  private final Congestion congestion;
  private final NanoClock clock;
  private final ActorSystem<?> system;
  private final List<ToBind> toBind = new ArrayList<>();

  /**
   * Begins without a listener.
   *
   * @param key the server's key in the configuration
   * @param clients the limits for clients at all listeners of the server together
   * @param congestion the congestion of the servers that the chain asks
   */
  ListenerWiring(
      String key,
      ClientLimits clients,
      Congestion congestion,
      NanoClock clock,
      ActorSystem<?> system) {
    this.key = key;
    this.clients = clients;
    this.congestion = congestion;
    this.clock = clock;
    this.system = system;
  }

  List<ToBind> toBind() {
    return toBind;
  }

  /** Adds a listener for the text protocol, in front of {@code chain}. */
  void addText(HostPort address, Resolver chain, Duration deadline, TextListenerSettings settings) {
    Service service = service(chain, deadline, settings.limits());
    TcpListener<Refusal> tcp = tcp(settings.limits());
    toBind.add(
        new ToBind(
            key + ".text",
            address,
            () -> TextListener.bind(address, service, settings, tcp, system)));
  }

  /** Adds a listener for DNS, over UDP and TCP, in front of {@code chain}. */
  void addDns(HostPort address, Resolver chain, Duration deadline, DnsListenerSettings settings) {
    Service service = service(chain, deadline, settings.limits());
    DnsListener.Transports transports =
        new DnsListener.Transports(new NioUdp("dns-listener"), () -> tcp(settings.limits()));
    toBind.add(
        new ToBind(
            key + ".dns",
            address,
            () -> DnsListener.bind(address, service, settings, transports, system)));
  }

  private Service service(Resolver chain, Duration deadline, ListenerLimits limits) {
    return new Service(new Admission(clients, limits, congestion), chain, deadline, clock);
  }

  private TcpListener<Refusal> tcp(ListenerLimits limits) {
    return new TcpListener<>(
        clients.connections(limits), limits.idleTimeout(), limits.writeTimeout());
  }
}
