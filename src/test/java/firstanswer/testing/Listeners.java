package firstanswer.testing;

import akka.actor.typed.ActorSystem;
import firstanswer.access.Admission;
import firstanswer.access.ClientLimits;
import firstanswer.access.OpenFiles;
import firstanswer.access.ProcessLimits;
import firstanswer.access.Refusal;
import firstanswer.access.UnsentAnswers;
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
import firstanswer.transport.udp.EveryAddress;
import firstanswer.transport.udp.HostAddresses;
import firstanswer.transport.udp.NioUdp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Binds listeners as the product does. */
public final class Listeners {
  private static final Duration LONG = Duration.ofHours(1);

  private Listeners() {}

  /** For {@code connections}, and any amount of unread answers. */
  public static ProcessLimits limits(int connections) {
    return new ProcessLimits(new OpenFiles(connections), new UnsentAnswers(Long.MAX_VALUE));
  }

  public static OpenListener text(
      HostPort address,
      ClientLimits limits,
      Resolver resolver,
      TextListenerSettings settings,
      ActorSystem<?> system)
      throws ExecutionException {
    return bound(
        new TextListener(
                service(limits, resolver, settings.limits()),
                settings,
                tcp(limits, settings.limits()))
            .bind(address, system));
  }

  public static OpenListener dns(
      HostPort address,
      ClientLimits limits,
      Resolver resolver,
      DnsListenerSettings settings,
      ActorSystem<?> system)
      throws ExecutionException {
    return dns(List.of(address), limits, resolver, settings, system).get(0);
  }

  /** One listener at several addresses. */
  public static List<OpenListener> dns(
      List<HostPort> addresses,
      ClientLimits limits,
      Resolver resolver,
      DnsListenerSettings settings,
      ActorSystem<?> system)
      throws ExecutionException {
    DnsListener listener =
        new DnsListener(
            service(limits, resolver, settings.limits()),
            settings,
            new DnsListener.Transports(
                new EveryAddress(new NioUdp(Loops.start()), new HostAddresses()),
                tcp(limits, settings.limits())));
    List<OpenListener> bound = new ArrayList<>();
    for (HostPort address : addresses) {
      bound.add(bound(listener.bind(address, system)));
    }
    return bound;
  }

  private static Service service(ClientLimits clients, Resolver resolver, ListenerLimits limits) {
    return new Service(
        new Admission(clients, limits, new Congestion()), resolver, LONG, NanoClock.SYSTEM);
  }

  private static TcpListener<Refusal> tcp(ClientLimits clients, ListenerLimits limits) {
    return new TcpListener<>(
        clients.connections(limits), limits.idleTimeout(), limits.writeTimeout());
  }

  private static OpenListener bound(CompletionStage<OpenListener> binding)
      throws ExecutionException {
    try {
      return binding.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
