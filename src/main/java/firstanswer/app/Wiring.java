package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import firstanswer.access.ClientLimits;
import firstanswer.access.OpenFiles;
import firstanswer.balancer.Budget;
import firstanswer.balancer.LoadBalancer;
import firstanswer.balancer.Upstream;
import firstanswer.client.Conversation;
import firstanswer.codec.text.Framing;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.ClientSettings;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.config.LoadBalancerSettings;
import firstanswer.config.Misses;
import firstanswer.config.NegativesWithout;
import firstanswer.config.PolicySettings;
import firstanswer.config.ProtocolSettings;
import firstanswer.config.Settings;
import firstanswer.config.TableServerSettings;
import firstanswer.config.TextListenerSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.config.UpstreamSettings;
import firstanswer.dns.Answer;
import firstanswer.frontend.DnsListener;
import firstanswer.frontend.TextListener;
import firstanswer.race.AllAtOnce;
import firstanswer.race.DelayBounds;
import firstanswer.race.Experience;
import firstanswer.race.Fallback;
import firstanswer.race.Hedge;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Policy;
import firstanswer.resolver.Asker;
import firstanswer.resolver.Resolver;
import firstanswer.resolver.SharedRaces;
import firstanswer.table.Table;
import firstanswer.table.TableFiles;
import firstanswer.table.TsServer;
import firstanswer.transport.Bound;
import firstanswer.transport.NioUdp;
import firstanswer.transport.UdpTransport;
import firstanswer.upstream.ByProtocolProxy;
import firstanswer.upstream.DnsProxy;
import firstanswer.upstream.LocalProxy;
import firstanswer.upstream.TextProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The actors that the roles of a process need, spawned and connected, and what is to be bound. */
final class Wiring {
  /** The key under which the load balancer's listener is announced, as in the configuration. */
  static final String LS_TEXT = "ls.text";

  /** Beyond the resolver's own deadline: reached only if the resolver has failed. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** One connection to it, and another that is being opened while the first closes. */
  private static final int TCP_TO_AN_UPSTREAM = 2;

  private static final Duration TABLE_LOOK_UP = Duration.ofSeconds(5);

  /** A listener that is to be bound; {@code key} is its place in the configuration. */
  record ToBind(String key, HostPort address, Supplier<CompletionStage<Bound>> binding) {}

  private final ActorContext<?> context;
  private final ProtocolSettings protocols;
  private final UdpTransport udp = new NioUdp("dns-upstreams");
  private final OpenFiles openFiles;
  private final Map<String, ActorRef<Resolver.Command>> tableServers = new LinkedHashMap<>();
  private final List<ActorRef<Resolver.Command>> remoteProxies = new ArrayList<>();
  private final List<ToBind> listeners = new ArrayList<>();

  /** Spawns everything as children of {@code context}. */
  Wiring(ActorContext<?> context, Settings settings, Map<String, Table> tables) {
    this.context = context;
    this.protocols = settings.protocols();
    this.openFiles = OpenFiles.ofProcess(socketsToUpstreams(settings));
    settings.tableServers().forEach(server -> addTableServer(server, tables.get(server.name())));
    settings.loadBalancer().ifPresent(this::addLoadBalancer);
  }

  /** Each upstream may have as many as a name server has for UDP, and some for TCP. */
  private static int socketsToUpstreams(Settings settings) {
    int ofOne = settings.protocols().dnsUpstream().sockets() + TCP_TO_AN_UPSTREAM;
    return settings.loadBalancer().map(ls -> ls.upstreams().size() * ofOne).orElse(0);
  }

  /** By name. */
  Map<String, ActorRef<Resolver.Command>> tableServers() {
    return tableServers;
  }

  /** Those that hold connections, which they close. */
  List<ActorRef<Resolver.Command>> remoteProxies() {
    return remoteProxies;
  }

  List<ToBind> listeners() {
    return listeners;
  }

  /**
   * How a batch reaches its server. A name server is asked as the one upstream of a load balancer
   * of the batch's own, which knows when to give up.
   *
   * @param loadBalancer where the load balancer of this process listens
   */
  Conversation conversation(ClientSettings client, Supplier<HostPort> loadBalancer) {
    if (client.server().orElse(null) instanceof UpstreamAddress.Dns dns) {
      Upstream server = new Upstream(dns.name(), spawnProxy(dns, "server"));
      LoadBalancer.Rules rules = new LoadBalancer.Rules(client.timeout(), client.timeout(), true);
      Asker asker = asker(List.of(server), rules, LoadBalancer.Asking.allAtOnce(1), "batch");
      return Conversation.overDns(asker, client.type(), client.window());
    }
    HostPort server =
        client
            .server()
            .map(address -> ((UpstreamAddress.Text) address).server())
            .orElseGet(loadBalancer);
    return Conversation.overText(
        new Conversation.TextManner(server, client.framing(), client.window(), client.timeout()),
        context.getSystem());
  }

  private void addTableServer(TableServerSettings server, Table table) {
    Answer miss =
        server.misses() == Misses.SILENT ? Answer.Silence.SILENT : Answer.Negative.NXDOMAIN;
    ActorRef<Resolver.Command> actor =
        spawn(
            TsServer.create(table, () -> TableFiles.read(server.table()), miss),
            "ts-" + server.name());
    tableServers.put(server.name(), actor);
    Asker asker = Asker.of(actor, TABLE_LOOK_UP, context.getSystem().scheduler());
    String key = "ts." + server.name();
    ClientLimits none = limits(ClientLimitSettings.NONE);
    listenForText(key + ".text", server.text(), none, asker, protocols.textListener());
    listenForDns(key + ".dns", server.dns(), none, asker);
  }

  private void addLoadBalancer(LoadBalancerSettings ls) {
    List<Upstream> upstreams = new ArrayList<>();
    for (UpstreamSettings upstream : ls.upstreams()) {
      upstreams.add(upstream(upstream, "proxy-" + upstreams.size()));
    }
    LoadBalancer.Rules rules =
        new LoadBalancer.Rules(
            ls.textDeadline(), ls.dnsDeadline(), ls.negativesWithout() == NegativesWithout.ANSWER);
    Asker asker = asker(upstreams, rules, asking(ls.policy(), upstreams.size()), "ls");
    ClientLimits limits = limits(ls.clients());
    listenForText(LS_TEXT, ls.text(), limits, asker, listenerOf(ls));
    listenForDns("ls.dns", ls.dns(), limits, new SharedRaces(asker));
  }

  private Upstream upstream(UpstreamSettings upstream, String actorName) {
    UpstreamAddress address = upstream.address();
    return new Upstream(
        address.name(),
        spawnProxy(address, actorName),
        new Budget(upstream.maxInFlight(), upstream.perSecond()),
        misses(address));
  }

  private static Upstream.Misses misses(UpstreamAddress address) {
    if (address instanceof UpstreamAddress.Dns) {
      return Upstream.Misses.SPOKEN;
    }
    return address instanceof UpstreamAddress.Text
        ? Upstream.Misses.SILENT
        : Upstream.Misses.BY_PROTOCOL;
  }

  private static LoadBalancer.Asking asking(PolicySettings settings, int upstreams) {
    DelayBounds bounds = new DelayBounds(settings.delayMin(), settings.delayMax());
    Policy policy =
        switch (settings.kind()) {
          case RACE -> new AllAtOnce(upstreams);
          case HEDGE -> new Hedge(bounds);
          case FALLBACK -> new Fallback(bounds);
        };
    return new LoadBalancer.Asking(
        policy,
        new Experience(upstreams, settings.memory(), settings.percentile(), bounds.max()),
        new HedgeBudget(settings.budget()),
        settings.patience());
  }

  private Asker asker(
      List<Upstream> upstreams, LoadBalancer.Rules rules, LoadBalancer.Asking asking, String name) {
    return Asker.of(
        spawn(LoadBalancer.create(upstreams, rules, asking), name),
        rules.longestDeadline().plus(GRACE),
        context.getSystem().scheduler());
  }

  private ClientLimits limits(ClientLimitSettings settings) {
    return new ClientLimits(settings, openFiles, context.getSystem());
  }

  private void listenForText(
      String key,
      Optional<HostPort> address,
      ClientLimits limits,
      Asker asker,
      TextListenerSettings manners) {
    ActorSystem<?> system = context.getSystem();
    address
        .map(at -> new ToBind(key, at, () -> TextListener.bind(at, limits, asker, manners, system)))
        .ifPresent(listeners::add);
  }

  private void listenForDns(
      String key, Optional<HostPort> address, ClientLimits limits, Asker asker) {
    ActorSystem<?> system = context.getSystem();
    DnsListenerSettings manners = protocols.dnsListener();
    address
        .map(at -> new ToBind(key, at, () -> DnsListener.bind(at, limits, asker, manners, system)))
        .ifPresent(listeners::add);
  }

  private ActorRef<Resolver.Command> spawnProxy(UpstreamAddress address, String actorName) {
    if (address instanceof UpstreamAddress.Text text) {
      return remote(TextProxy.create(text, protocols.textUpstream()), actorName);
    }
    if (address instanceof UpstreamAddress.Dns dns) {
      return remote(DnsProxy.create(dns, protocols.dnsUpstream(), udp), actorName);
    }
    if (address instanceof UpstreamAddress.Elsewhere elsewhere) {
      return spawn(
          ByProtocolProxy.create(
              spawnProxy(elsewhere.text(), actorName + "-text"),
              spawnProxy(elsewhere.dns(), actorName + "-dns")),
          actorName);
    }
    return spawn(LocalProxy.create(tableServers.get(address.name())), actorName);
  }

  private ActorRef<Resolver.Command> remote(Behavior<Resolver.Command> proxy, String name) {
    ActorRef<Resolver.Command> actor = spawn(proxy, name);
    remoteProxies.add(actor);
    return actor;
  }

  /** A failure that nobody foresaw costs the query that met it, not the server. */
  private ActorRef<Resolver.Command> spawn(Behavior<Resolver.Command> behavior, String name) {
    return context.spawn(
        Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume()), name);
  }

  /** What a bare upstream cannot be asked in time is not taken on. */
  private TextListenerSettings listenerOf(LoadBalancerSettings ls) {
    boolean bare =
        ls.upstreams().stream()
            .map(UpstreamSettings::address)
            .anyMatch(u -> u instanceof UpstreamAddress.Text t && t.framing() == Framing.BARE);
    return bare
        ? protocols
            .textListener()
            .withMaxInFlight(protocols.textUpstream().bareCapacity(ls.textDeadline()))
        : protocols.textListener();
  }
}
