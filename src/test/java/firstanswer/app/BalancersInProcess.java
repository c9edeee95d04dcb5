package firstanswer.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.SpawnProtocol;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import firstanswer.config.ConfigSources;
import firstanswer.config.Settings;
import firstanswer.config.SettingsException;
import firstanswer.config.SettingsReader;
import firstanswer.transport.OpenListener;
import firstanswer.transport.loop.EventLoop;
import firstanswer.tsproxy.TsProxy;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Many load balancers in this process, each wired as in a process of its own, with its own proxies
 * and its own view of the health of its servers. Hundreds of processes would take minutes to start.
 */
final class BalancersInProcess implements Closeable {
  private static final int PATIENCE_SECONDS = 60;

  /** Each has an event loop. One thread alone would be too slow for hundreds of load balancers. */
  private static final int SYSTEMS = 2;

  /** The upstreams and the policy of one load balancer. */
  record Setup(List<String> upstreams, String policy) {}

  private final List<ActorSystem<SpawnProtocol.Command>> systems;
  private final List<Wiring> wirings = new ArrayList<>();
  private final List<OpenListener> listeners = new ArrayList<>();

  /** Starts a load balancer for each of {@code setups}, and waits until all listen. */
  BalancersInProcess(List<Setup> setups) throws SettingsException {
    Config shared = shared();
    systems =
        IntStream.range(0, SYSTEMS)
            .mapToObj(i -> ActorSystem.create(SpawnProtocol.create(), "matrix-" + i, shared))
            .toList();
    for (Setup setup : setups) {
      wirings.add(wire(settings(setup, shared), systems.get(wirings.size() % SYSTEMS)));
    }
    List<CompletionStage<OpenListener>> bindings =
        wirings.stream()
            .flatMap(wiring -> wiring.listeners().stream())
            .map(listener -> listener.binding().get())
            .toList();
    bindings.forEach(binding -> listeners.add(await(binding)));
  }

  /** A listener for DNS only, at a free port; one socket an upstream saves open files. */
  private static Config shared() throws SettingsException {
    return ConfigSources.load(
        Optional.empty(),
        Map.of(
            "firstanswer.roles", List.of("ls"),
            "firstanswer.ls.text", "off",
            "firstanswer.ls.dns", "127.0.0.1:0",
            "firstanswer.dns-upstream.sockets", "1"));
  }

  private static Settings settings(Setup setup, Config shared) throws SettingsException {
    return SettingsReader.read(
        shared
            .withValue(
                "firstanswer.ls.upstreams", ConfigValueFactory.fromIterable(setup.upstreams()))
            .withValue("firstanswer.ls.policy", ConfigValueFactory.fromAnyRef(setup.policy())));
  }

  private static Wiring wire(Settings settings, ActorSystem<SpawnProtocol.Command> system) {
    CompletableFuture<Wiring> wired = new CompletableFuture<>();
    Behavior<Void> owner =
        Behaviors.setup(
            context -> {
              wired.complete(new Wiring(context, settings, Map.of()));
              return Behaviors.empty();
            });
    system.tell(
        new SpawnProtocol.Spawn<>(
            owner, "balancer", Props.empty(), system.<ActorRef<Void>>ignoreRef()));
    return await(wired);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Where they listen, in the order of their setups. */
  List<Integer> ports() {
    return listeners.stream().map(listener -> listener.address().port()).toList();
  }

  /** The event loop of the first. */
  EventLoop loop() {
    return await(EventLoop.of(systems.get(0)));
  }

  @Override
  public void close() {
    listeners.stream().map(OpenListener::drain).toList().forEach(BalancersInProcess::await);
    wirings.forEach(
        wiring -> wiring.remoteProxies().forEach(proxy -> proxy.tell(TsProxy.Close.CLOSE)));
    systems.forEach(ActorSystem::terminate);
    systems.forEach(system -> await(system.getWhenTerminated()));
  }
}
