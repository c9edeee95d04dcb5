package firstanswer.testing;

import akka.actor.typed.ActorRef;
import firstanswer.balancer.Budget;
import firstanswer.balancer.LoadBalancer;
import firstanswer.balancer.Upstream;
import firstanswer.clock.NanoClock;
import firstanswer.dns.Question;
import firstanswer.race.AllAtOnce;
import firstanswer.race.Experience;
import firstanswer.race.HedgeBudget;
import firstanswer.resolver.Query;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;

/** The parts of load balancers and their queries, unless a test says otherwise. */
public final class Balancers {
  private Balancers() {}

  /** A name server that may be asked as much as there is. */
  public static Upstream upstream(String name, ActorRef<TsProxy.Command> proxy) {
    return new Upstream(new UpstreamId(name), proxy, unlimited(), Upstream.Misses.SPOKEN);
  }

  public static Budget unlimited() {
    return new Budget(OptionalInt.empty(), OptionalInt.empty(), NanoClock.SYSTEM);
  }

  /** Asks all of {@code upstreams} at once. */
  public static LoadBalancer.Asking allAtOnce(String... upstreams) {
    return new LoadBalancer.Asking(
        true,
        new AllAtOnce(Arrays.stream(upstreams).map(UpstreamId::new).toList()),
        new Experience(1, 1, Duration.ZERO),
        new HedgeBudget(0),
        Duration.ZERO);
  }

  /** A query that has come at the moment 0. */
  public static Query query(Question question, Duration deadline) {
    return new Query(
        question,
        question.manner() == firstanswer.dns.Manner.Text.TEXT
            ? Query.Protocol.TEXT
            : Query.Protocol.DNS,
        Query.Transport.TCP,
        InetAddress.getLoopbackAddress(),
        0,
        deadline);
  }
}
