package firstanswer.client;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import firstanswer.clock.NanoClock;
import firstanswer.codec.text.Framing;
import firstanswer.config.HostPort;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.Query;
import firstanswer.resolver.Resolver;
import firstanswer.transport.tcp.TextOverTcp;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.Flags;

/** Looks names up at one server, in one protocol. The results keep the order of the names. */
public final class LookUp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BARE_REST = Duration.ofMillis(20);

  /** The most queries in flight to a name server: more overflow its socket buffer and are lost. */
  private static final int MAX_WINDOW_OVER_UDP = 256;

  /** RD, and no EDNS, which some servers do not understand. Long answers come over TCP. */
  private static final Manner.Dns PLAIN = new Manner.Dns(1 << (15 - Flags.RD), Optional.empty());

  private final Flow<String, Result, NotUsed> flow;

  private LookUp(Flow<String, Result, NotUsed> flow) {
    this.flow = flow;
  }

  Flow<String, Result, NotUsed> flow() {
    return flow;
  }

  /**
   * How to ask a server of the text protocol.
   *
   * @param window queries in flight; a bare server is asked for one name at a time
   * @param timeout the silence of the server after which names are given up
   */
  public record TextServer(HostPort address, Framing framing, int window, Duration timeout) {}

  /** Asks in the text protocol, over one connection. */
  public static LookUp overText(TextServer server, ActorSystem<?> system) {
    int window = server.framing() == Framing.BARE ? 1 : server.window();
    return new LookUp(
        BidiFlow.fromGraph(new QueryPipeline(window, server.timeout()))
            .join(
                TextOverTcp.connection(
                    server.address(),
                    new TextOverTcp.Terms(
                        server.framing(), BARE_REST, CONNECT_TIMEOUT, Optional.empty()),
                    system)));
  }

  /**
   * Asks in DNS.
   *
   * @param resolver asks the name server
   * @param type the QTYPE
   * @param timeout the time after which a name is given up
   * @param window names in flight, at most 256; a higher number counts as 256
   */
  public static LookUp overDns(Resolver resolver, int type, Duration timeout, int window) {
    Asked asked = new Asked(resolver, type, timeout);
    return new LookUp(
        Flow.of(String.class).mapAsync(Math.min(window, MAX_WINDOW_OVER_UDP), asked::ask));
  }

  private record Asked(Resolver resolver, int type, Duration timeout) {
    CompletionStage<Result> ask(String written) {
      Optional<DomainName> name = DomainName.ofMasterFile(written);
      if (name.isEmpty()) {
        return CompletableFuture.completedFuture(Result.error(written, "not a domain name"));
      }
      Query query =
          new Query(
              new Question(name.get(), type, PLAIN),
              Query.Protocol.DNS,
              Query.Transport.UDP,
              InetAddress.getLoopbackAddress(),
              NanoClock.SYSTEM.nanos(),
              timeout);
      return resolver.resolve(query).thenApply(outcome -> DnsResult.of(written, outcome));
    }
  }
}
