package firstanswer.client;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import firstanswer.codec.text.Framing;
import firstanswer.config.HostPort;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.NanoClock;
import firstanswer.resolver.Query;
import firstanswer.resolver.Resolver;
import firstanswer.transport.TextDialogue;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.Flags;

/** How a batch is put to its server: names in, the result of each out, in their order. */
public final class Conversation {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BARE_REST = Duration.ofMillis(20);

  /** More queries at a time overflow what a name server's socket holds, and are lost. */
  private static final int MAX_WINDOW_OVER_UDP = 256;

  /** RD, and no EDNS, which some servers do not understand: long answers come over TCP. */
  private static final Manner.Dns PLAIN = new Manner.Dns(1 << (15 - Flags.RD), Optional.empty());

  private final Flow<String, Result, NotUsed> flow;

  private Conversation(Flow<String, Result, NotUsed> flow) {
    this.flow = flow;
  }

  Flow<String, Result, NotUsed> flow() {
    return flow;
  }

  /**
   * How to ask in the text protocol.
   *
   * @param window names on their way at a time; a bare server is asked one at a time
   * @param timeout after which names are given up while the server says nothing
   */
  public record TextManner(HostPort server, Framing framing, int window, Duration timeout) {}

  /** In the text protocol, over one connection. */
  public static Conversation overText(TextManner manner, ActorSystem<?> system) {
    int window = manner.framing() == Framing.BARE ? 1 : manner.window();
    return new Conversation(
        BidiFlow.fromGraph(new QueryPipeline(window, manner.timeout()))
            .join(
                TextDialogue.with(
                    manner.server(), manner.framing(), BARE_REST, CONNECT_TIMEOUT, system)));
  }

  /**
   * In DNS.
   *
   * @param resolver asks the name server
   * @param type the QTYPE
   * @param timeout after which a name is given up
   * @param window names on their way at a time; above 256 it is 256
   */
  public static Conversation overDns(Resolver resolver, int type, Duration timeout, int window) {
    Asked asked = new Asked(resolver, type, timeout);
    return new Conversation(
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
