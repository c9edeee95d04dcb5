package firstanswer.app;

import akka.actor.typed.ActorSystem;
import firstanswer.access.Admission;
import firstanswer.access.ClientLimits;
import firstanswer.access.Refusal;
import firstanswer.clock.NanoClock;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.config.ListenerLimits;
import firstanswer.config.LoadBalancerSettings;
import firstanswer.config.Settings;
import firstanswer.config.TableServerSettings;
import firstanswer.config.TextListenerSettings;
import firstanswer.congestion.Congestion;
import firstanswer.frontend.DnsListener;
import firstanswer.frontend.Service;
import firstanswer.frontend.TextListener;
import firstanswer.resolver.Resolver;
import firstanswer.transport.OpenListener;
import firstanswer.transport.loop.EventLoop;
import firstanswer.transport.tcp.TcpListener;
import firstanswer.transport.udp.EveryAddress;
import firstanswer.transport.udp.HostAddresses;
import firstanswer.transport.udp.NioUdp;
import firstanswer.transport.udp.UdpTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Builds the listeners of one server, each in front of its chain. */
final class ListenerWiring {

  /** One address to bind; {@code key} is its key in the configuration, perhaps with others. */
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

  /** Adds a listener for the text protocol at all {@code addresses}, in front of {@code chain}. */
  void addText(
      List<HostPort> addresses, Resolver chain, Duration deadline, TextListenerSettings settings) {
    TextListener listener =
        new TextListener(
            service(chain, deadline, settings.limits()), settings, tcp(settings.limits()));
    add(".text", addresses, address -> listener.bind(address, system));
  }

  /** Adds a listener for DNS, over UDP and TCP, at {@code addresses}, in front of {@code chain}. */
  void addDns(
      List<HostPort> addresses, Resolver chain, Duration deadline, DnsListenerSettings settings) {
    UdpTransport udp = new EveryAddress(new NioUdp(EventLoop.current()), new HostAddresses());
    DnsListener listener =
        new DnsListener(
            service(chain, deadline, settings.limits()),
            settings,
            new DnsListener.Transports(udp, tcp(settings.limits())));
    add(".dns", addresses, address -> listener.bind(address, system));
  }

  private void add(
      String protocol,
      List<HostPort> addresses,
      Function<HostPort, CompletionStage<OpenListener>> binding) {
    addresses.forEach(
        address -> toBind.add(new ToBind(key + protocol, address, () -> binding.apply(address))));
  }

  /** The UDP sockets that all listeners may need, beside one for each address in the settings. */
  static int sockets(Settings settings) {
    long wildcards =
        Stream.concat(
                settings.tableServers().stream().map(TableServerSettings::dns),
                settings.loadBalancer().stream().map(LoadBalancerSettings::dns))
            .flatMap(List::stream)
            .filter(HostPort::isWildcard)
            .count();
    return wildcards == 0 ? 0 : (int) wildcards * EveryAddress.sockets();
  }

  private Service service(Resolver chain, Duration deadline, ListenerLimits limits) {
    return new Service(new Admission(clients, limits, congestion), chain, deadline, clock);
  }

  private TcpListener<Refusal> tcp(ListenerLimits limits) {
    return new TcpListener<>(
        clients.connections(limits), limits.idleTimeout(), limits.writeTimeout());
  }
}
