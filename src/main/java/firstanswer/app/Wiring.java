package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import firstanswer.access.ClientLimits;
import firstanswer.access.OpenFiles;
import firstanswer.access.ProcessLimits;
import firstanswer.access.UnsentAnswers;
import firstanswer.balancer.BalancedResolver;
import firstanswer.balancer.LoadBalancer;
import firstanswer.client.LookUp;
import firstanswer.clock.NanoClock;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.ClientSettings;
import firstanswer.config.HostPort;
import firstanswer.config.LoadBalancerSettings;
import firstanswer.config.Misses;
import firstanswer.config.ProtocolSettings;
import firstanswer.config.Settings;
import firstanswer.config.TableServerSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.figures.QueryFigures;
import firstanswer.resolver.Resolver;
import firstanswer.resolver.UpstreamId;
import firstanswer.sharing.SharedRaces;
import firstanswer.table.Table;
import firstanswer.table.TableResolver;
import firstanswer.table.TsServer;
import firstanswer.table.file.TableFiles;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Builds the chain of each role: {@link #addTableServer}, {@link #addLoadBalancer}, and {@link
 * #lookUp} for the client. Binds no listener; {@link Starting} does.
 */
final class Wiring {
  /** The key of the load balancer's text listener. */
  static final String LS_TEXT = "ls.text";

  private static final String LS = "ls";

  /** A table answers at once, so a time-out means a mistake of ours. */
  private static final Duration TABLE_DEADLINE = Duration.ofSeconds(5);

  private final ActorContext<?> context;
  private final ProtocolSettings protocols;
  private final NanoClock clock = NanoClock.SYSTEM;
  private final ProcessLimits limits;
  private final UpstreamWiring upstreams;
  private final Map<String, ActorRef<TsServer.Command>> tableServers = new LinkedHashMap<>();
  private final List<ListenerWiring.ToBind> listeners = new ArrayList<>();
  private final List<QueryFigures> figures = new ArrayList<>();

  /** Begins without a role. Spawns all actors as children of {@code context}. */
  Wiring(ActorContext<?> context, Settings settings, Map<String, Table> tables) {
    this.context = context;
    this.protocols = settings.protocols();
    this.upstreams = new UpstreamWiring(this::spawn, tableServers, protocols, clock);
    this.limits =
        new ProcessLimits(
            OpenFiles.ofProcess(
                UpstreamWiring.sockets(settings) + ListenerWiring.sockets(settings)),
            UnsentAnswers.ofProcess(protocols.maxUnsent()));
    settings.tableServers().forEach(server -> addTableServer(server, tables.get(server.name())));
    settings.loadBalancer().ifPresent(this::addLoadBalancer);
  }

  /** The table servers by name. */
  Map<String, ActorRef<TsServer.Command>> tableServers() {
    return tableServers;
  }

  /** The proxies that hold connections, and must close them. */
  List<ActorRef<TsProxy.Command>> remoteProxies() {
    return upstreams.remoteProxies();
  }

  List<ListenerWiring.ToBind> listeners() {
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
        counted(
            server.name(),
            new TableResolver(new UpstreamId(server.name()), actor, system().scheduler(), clock));
    ListenerWiring near = near("ts." + server.name(), server.clients(), new Congestion());
    near.addText(server.text(), resolver, TABLE_DEADLINE, protocols.textListener());
    near.addDns(server.dns(), resolver, TABLE_DEADLINE, protocols.dnsListener());
    listeners.addAll(near.toBind());
  }

  private void addLoadBalancer(LoadBalancerSettings ls) {
    ActorRef<LoadBalancer.Command> balancer =
        spawn(
            LoadBalancer.create(
                upstreams.spawnAll(ls.upstreams()), UpstreamWiring.asking(ls), clock),
            LS);
    Resolver race = new BalancedResolver(balancer, system().scheduler(), upstreams.congestion());
    Resolver shared = counted(LS, new SharedRaces(race, clock));
    ListenerWiring near = near(LS, ls.clients(), upstreams.congestion());
    near.addText(ls.text(), shared, ls.textDeadline(), upstreams.textListenerOf(ls));
    near.addDns(ls.dns(), shared, ls.dnsDeadline(), protocols.dnsListener());
    listeners.addAll(near.toBind());
  }

  /**
   * The look-up of a batch. For a name server, the batch has a load balancer of its own with this
   * one upstream, which knows when to give up.
   *
   * @param loadBalancer gives the address of the load balancer of this process
   */
  LookUp lookUp(ClientSettings client, Supplier<HostPort> loadBalancer) {
    if (client.server().orElse(null) instanceof UpstreamAddress.Dns dns) {
      ActorRef<LoadBalancer.Command> balancer =
          spawn(
              LoadBalancer.create(
                  List.of(upstreams.spawnServer(dns)), UpstreamWiring.askingOne(dns), clock),
              "batch");
      return LookUp.overDns(
          new BalancedResolver(balancer, system().scheduler(), upstreams.congestion()),
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

  /** The figures of each server. */
  List<QueryFigures> figures() {
    return figures;
  }

  private Resolver counted(String server, Resolver chain) {
    QueryFigures counting = new QueryFigures(server, chain);
    figures.add(counting);
    return counting;
  }

  private ActorSystem<?> system() {
    return context.getSystem();
  }

  private ListenerWiring near(String key, ClientLimitSettings clients, Congestion congestion) {
    return new ListenerWiring(
        key, new ClientLimits(clients, limits, system()), congestion, clock, system());
  }

  /**
   * Spawns an actor that resumes after a failure: an unforeseen failure costs one query, not the
   * server.
   */
  private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
    return context.spawn(
        Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume()), name);
  }
}
