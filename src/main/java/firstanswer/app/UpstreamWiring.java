package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import firstanswer.balancer.Budget;
import firstanswer.balancer.LoadBalancer;
import firstanswer.balancer.Upstream;
import firstanswer.clock.NanoClock;
import firstanswer.codec.text.Framing;
import firstanswer.config.LoadBalancerSettings;
import firstanswer.config.NegativesWithout;
import firstanswer.config.PolicySettings;
import firstanswer.config.ProtocolSettings;
import firstanswer.config.Settings;
import firstanswer.config.TextListenerSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.config.UpstreamSettings;
import firstanswer.congestion.Congestion;
import firstanswer.race.AllAtOnce;
import firstanswer.race.DelayBounds;
import firstanswer.race.Experience;
import firstanswer.race.Fallback;
import firstanswer.race.Hedge;
import firstanswer.race.HedgeBudget;
import firstanswer.race.Policy;
import firstanswer.resolver.UpstreamId;
import firstanswer.table.TsServer;
import firstanswer.transport.loop.EventLoop;
import firstanswer.transport.udp.NioUdp;
import firstanswer.transport.udp.UdpTransport;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.TextOrDnsProxy;
import firstanswer.upstream.dns.DnsProxy;
import firstanswer.upstream.local.LocalProxy;
import firstanswer.upstream.text.TextProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Builds the upstreams of the load balancer with their proxies, and its policy. */
final class UpstreamWiring {
  /**
   * The sockets of one upstream beyond its UDP sockets: a TCP connection, the next one while the
   * first closes, and replaced UDP sockets that may still get answers.
   */
  private static final int MORE_TO_AN_UPSTREAM = 6;

  /** Spawns an actor. */
  interface Spawn {
    <T> ActorRef<T> spawn(Behavior<T> behavior, String name);
  }

  private final Spawn spawn;
  private final Map<String, ActorRef<TsServer.Command>> tableServers;
  private final ProtocolSettings protocols;
  private final NanoClock clock;
  private final Congestion congestion = new Congestion();
  private final UdpTransport udp = new NioUdp(EventLoop.current());
  private final List<ActorRef<TsProxy.Command>> remoteProxies = new ArrayList<>();

  /**
   * Begins without an upstream.
   *
   * @param tableServers the table servers of this process, by name
   */
  UpstreamWiring(
      Spawn spawn,
      Map<String, ActorRef<TsServer.Command>> tableServers,
      ProtocolSettings protocols,
      NanoClock clock) {
    this.spawn = spawn;
    this.clock = clock;
    this.tableServers = tableServers;
    this.protocols = protocols;
  }

  /** The sockets that all upstreams may need, over UDP and TCP. */
  static int sockets(Settings settings) {
    int ofOne = settings.protocols().dnsUpstream().sockets() + MORE_TO_AN_UPSTREAM;
    return settings.loadBalancer().map(ls -> ls.upstreams().size() * ofOne).orElse(0);
  }

  /** The proxies that hold connections, and must close them. */
  List<ActorRef<TsProxy.Command>> remoteProxies() {
    return remoteProxies;
  }

  /** The congestion of all servers. */
  Congestion congestion() {
    return congestion;
  }

  /** The upstreams of a load balancer, each with its proxy. */
  List<Upstream> spawnAll(List<UpstreamSettings> settings) {
    List<Upstream> upstreams = new ArrayList<>();
    for (UpstreamSettings upstream : settings) {
      upstreams.add(
          upstream(
              upstream.address(),
              "proxy-" + upstreams.size(),
              new Budget(upstream.maxInFlight(), upstream.perSecond(), clock)));
    }
    return upstreams;
  }

  /** The only server of a batch, as an upstream without limits. */
  Upstream spawnServer(UpstreamAddress.Dns server) {
    return upstream(server, "server", new Budget(OptionalInt.empty(), OptionalInt.empty(), clock));
  }

  private Upstream upstream(UpstreamAddress address, String actorName, Budget budget) {
    Reached reached = reach(address, actorName);
    return new Upstream(new UpstreamId(address.name()), reached.proxy(), budget, reached.misses());
  }

  /** The proxy of an upstream, and the way the upstream says "no". */
  private record Reached(ActorRef<TsProxy.Command> proxy, Upstream.Misses misses) {}

  /** Spawns the proxy for each kind of upstream. */
  private final class Reach implements UpstreamAddress.Cases<Reached> {
    private final String actorName;

    Reach(String actorName) {
      this.actorName = actorName;
    }

    @Override
    public Reached inProcess(UpstreamAddress.InProcess address) {
      return new Reached(
          spawn.spawn(LocalProxy.create(tableServers.get(address.name())), actorName),
          Upstream.Misses.BY_PROTOCOL);
    }

    @Override
    public Reached elsewhere(UpstreamAddress.Elsewhere address) {
      ActorRef<TsProxy.Command> text = reach(address.text(), actorName + "-text").proxy();
      ActorRef<TsProxy.Command> dns = reach(address.dns(), actorName + "-dns").proxy();
      return new Reached(
          spawn.spawn(TextOrDnsProxy.create(text, dns), actorName), Upstream.Misses.BY_PROTOCOL);
    }

    @Override
    public Reached dns(UpstreamAddress.Dns address) {
      return new Reached(
          remote(DnsProxy.create(address, protocols.dnsUpstream(), udp, congestion), actorName),
          Upstream.Misses.SPOKEN);
    }

    @Override
    public Reached text(UpstreamAddress.Text address) {
      return new Reached(
          remote(TextProxy.create(address, protocols.textUpstream(), clock), actorName),
          Upstream.Misses.SILENT);
    }
  }

  private Reached reach(UpstreamAddress address, String actorName) {
    return address.match(new Reach(actorName));
  }

  private ActorRef<TsProxy.Command> remote(Behavior<TsProxy.Command> proxy, String name) {
    ActorRef<TsProxy.Command> actor = spawn.spawn(proxy, name);
    remoteProxies.add(actor);
    return actor;
  }

  /** The rules by which a load balancer asks. */
  static LoadBalancer.Asking asking(LoadBalancerSettings ls) {
    PolicySettings settings = ls.policy();
    DelayBounds bounds = new DelayBounds(settings.delayMin(), settings.delayMax());
    Policy policy =
        switch (settings.kind()) {
          case RACE ->
              new AllAtOnce(
                  ls.upstreams().stream()
                      .map(upstream -> new UpstreamId(upstream.address().name()))
                      .toList());
          case HEDGE -> new Hedge(bounds);
          case FALLBACK -> new Fallback(bounds);
        };
    return new LoadBalancer.Asking(
        ls.negativesWithout() == NegativesWithout.ANSWER,
        policy,
        new Experience(settings.memory(), settings.percentile(), bounds.max()),
        new HedgeBudget(settings.budget()),
        settings.patience());
  }

  /** The rules for a load balancer with one server. */
  static LoadBalancer.Asking askingOne(UpstreamAddress.Dns server) {
    return new LoadBalancer.Asking(
        true,
        new AllAtOnce(List.of(new UpstreamId(server.name()))),
        new Experience(1, 1, Duration.ZERO),
        new HedgeBudget(0),
        Duration.ZERO);
  }

  /**
   * Limits the queries in flight to those that a bare upstream can be asked before the deadline.
   */
  TextListenerSettings textListenerOf(LoadBalancerSettings ls) {
    TextListenerSettings settings = protocols.textListener();
    return ls.upstreams().stream().anyMatch(upstream -> isBare(upstream.address()))
        ? settings.withMaxInFlight(protocols.textUpstream().bareCapacity(ls.textDeadline()))
        : settings;
  }

  private static boolean isBare(UpstreamAddress address) {
    return address instanceof UpstreamAddress.Text text && text.framing() == Framing.BARE;
  }
}
