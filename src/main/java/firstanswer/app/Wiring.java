package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import firstanswer.access.Admission;
import firstanswer.access.ClientLimits;
import firstanswer.access.OpenFiles;
import firstanswer.access.Refusal;
import firstanswer.balancer.BalancedResolver;
import firstanswer.balancer.LoadBalancer;
import firstanswer.client.LookUp;
import firstanswer.clock.NanoClock;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.ClientSettings;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.config.LoadBalancerSettings;
import firstanswer.config.Misses;
import firstanswer.config.ProtocolSettings;
import firstanswer.config.Settings;
import firstanswer.config.TableServerSettings;
import firstanswer.config.TextListenerSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.dns.Answer;
import firstanswer.frontend.DnsListener;
import firstanswer.frontend.Service;
import firstanswer.frontend.TextListener;
import firstanswer.resolver.Resolver;
import firstanswer.resolver.UpstreamId;
import firstanswer.sharing.SharedRaces;
import firstanswer.table.Table;
import firstanswer.table.TableResolver;
import firstanswer.table.TsServer;
import firstanswer.table.file.TableFiles;
import firstanswer.transport.OpenListener;
import firstanswer.transport.tcp.TcpListener;
import firstanswer.transport.udp.NioUdp;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Builds the chain of each role: {@link #addTableServer}, {@link #addLoadBalancer}, and {@link
 * #lookUp} for the client. Listeners are bound later.
 */
final class Wiring {
  /** The key under which the load balancer's listener is announced, as in the configuration. */
  static final String LS_TEXT = "ls.text";

  /** A table answers at once, so a time-out means a mistake of ours. */
  private static final Duration TABLE_DEADLINE = Duration.ofSeconds(5);

  /** A listener that is to be bound; {@code key} is its place in the configuration. */
  record ToBind(String key, HostPort address, Supplier<CompletionStage<OpenListener>> binding) {}

  private final ActorContext<?> context;
  private final ProtocolSettings protocols;
  private final NanoClock clock = NanoClock.SYSTEM;
  private final OpenFiles openFiles;
  private final UpstreamWiring upstreams;
  private final Map<String, ActorRef<TsServer.Command>> tableServers = new LinkedHashMap<>();
  private final List<ToBind> listeners = new ArrayList<>();

  /** Spawns everything as children of {@code context}. */
  Wiring(ActorContext<?> context, Settings settings, Map<String, Table> tables) {
    this.context = context;
    this.protocols = settings.protocols();
    this.upstreams = new UpstreamWiring(this::spawn, tableServers, protocols, clock);
    this.openFiles = OpenFiles.ofProcess(UpstreamWiring.sockets(settings));
    settings.tableServers().forEach(server -> addTableServer(server, tables.get(server.name())));
    settings.loadBalancer().ifPresent(this::addLoadBalancer);
  }

  /** By name. */
  Map<String, ActorRef<TsServer.Command>> tableServers() {
    return tableServers;
  }

  /** Those that hold connections, which they close. */
  List<ActorRef<TsProxy.Command>> remoteProxies() {
    return upstreams.remoteProxies();
  }

  List<ToBind> listeners() {
    return listeners;
  }

  private void addTableServer(TableServerSettings server, Table table) {
    Answer miss =
        server.misses() == Misses.SILENT ? Answer.Unheard.SILENT : Answer.Negative.NXDOMAIN;
    ActorRef<TsServer.Command> actor =
        spawn(
            TsServer.create(table, () -> TableFiles.read(server.table()), miss),
            "ts-" + server.name());
    tableServers.put(server.name(), actor);
    Resolver resolver =
        new TableResolver(new UpstreamId(server.name()), actor, system().scheduler(), clock);
    String key = "ts." + server.name();
    ClientLimits limits = limits(ClientLimitSettings.NONE);
    listenForText(
        key + ".text",
        server.text(),
        limits,
        textService(limits, resolver, TABLE_DEADLINE, protocols.textListener()),
        protocols.textListener());
    listenForDns(key + ".dns", server.dns(), limits, dnsService(limits, resolver, TABLE_DEADLINE));
  }

  private void addLoadBalancer(LoadBalancerSettings ls) {
    Resolver resolver =
        new BalancedResolver(
            spawn(
                LoadBalancer.create(
                    upstreams.spawnAll(ls.upstreams()), UpstreamWiring.asking(ls), clock),
                "ls"),
            system().scheduler());
    ClientLimits limits = limits(ls.clients());
    TextListenerSettings text = upstreams.textListenerOf(ls);
    listenForText(
        LS_TEXT, ls.text(), limits, textService(limits, resolver, ls.textDeadline(), text), text);
    listenForDns(
        "ls.dns",
        ls.dns(),
        limits,
        dnsService(limits, new SharedRaces(resolver), ls.dnsDeadline()));
  }

  /**
   * How a batch reaches its server. A name server is asked as the one upstream of a load balancer
   * of the batch's own, which knows when to give up.
   *
   * @param loadBalancer where the load balancer of this process listens
   */
  LookUp lookUp(ClientSettings client, Supplier<HostPort> loadBalancer) {
    if (client.server().orElse(null) instanceof UpstreamAddress.Dns dns) {
      ActorRef<LoadBalancer.Command> balancer =
          spawn(
              LoadBalancer.create(
                  List.of(upstreams.spawnServer(dns)), UpstreamWiring.askingOne(dns), clock),
              "batch");
      return LookUp.overDns(
          new BalancedResolver(balancer, system().scheduler()),
          client.type(),
          client.timeout(),
          client.window());
    }
    HostPort server =
        client
            .server()
            .map(address -> ((UpstreamAddress.Text) address).server())
            .orElseGet(loadBalancer);
    return LookUp.overText(
        new LookUp.TextServer(server, client.framing(), client.window(), client.timeout()),
        system());
  }

  private ActorSystem<?> system() {
    return context.getSystem();
  }

  private ClientLimits limits(ClientLimitSettings settings) {
    return new ClientLimits(settings, openFiles, system());
  }

  private Service textService(
      ClientLimits limits, Resolver resolver, Duration deadline, TextListenerSettings settings) {
    Admission admission = new Admission(limits, settings.maxInFlight(), settings.maxConnections());
    return new Service(admission, resolver, deadline, clock);
  }

  private Service dnsService(ClientLimits limits, Resolver resolver, Duration deadline) {
    DnsListenerSettings settings = protocols.dnsListener();
    Admission admission = new Admission(limits, settings.maxInFlight(), settings.maxConnections());
    return new Service(admission, resolver, deadline, clock);
  }

  private void listenForText(
      String key,
      Optional<HostPort> address,
      ClientLimits limits,
      Service service,
      TextListenerSettings settings) {
    address.ifPresent(
        at -> {
          TcpListener<Refusal> tcp =
              new TcpListener<>(
                  limits.connections(settings.maxConnections(), settings.maxConnectionsPerClient()),
                  settings.idleTimeout(),
                  settings.writeTimeout());
          listeners.add(
              new ToBind(key, at, () -> TextListener.bind(at, service, settings, tcp, system())));
        });
  }

  private void listenForDns(
      String key, Optional<HostPort> address, ClientLimits limits, Service service) {
    DnsListenerSettings settings = protocols.dnsListener();
    address.ifPresent(
        at -> {
          DnsListener.Transports transports =
              new DnsListener.Transports(
                  new NioUdp("dns-listener"),
                  () ->
                      new TcpListener<>(
                          limits.connections(
                              settings.maxConnections(), settings.maxConnectionsPerClient()),
                          settings.idleTimeout(),
                          settings.writeTimeout()));
          listeners.add(
              new ToBind(
                  key, at, () -> DnsListener.bind(at, service, settings, transports, system())));
        });
  }

  /** A failure that we did not foresee costs the query that met it, not the server. */
  private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
    return context.spawn(
        Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume()), name);
  }
}
