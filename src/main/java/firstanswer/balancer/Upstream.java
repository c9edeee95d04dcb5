package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;

/**
 * A server that the load balancer asks.
 *
 * @param proxy the TsProxy that stands for the server
 * @param budget limits the queries to the server
 * @param misses how the server says "no"
 */
public record Upstream(
    UpstreamId id, ActorRef<TsProxy.Command> proxy, Budget budget, Misses misses) {

  /** How a server says "no". */
  public enum Misses {
    /** The server always answers. */
    SPOKEN,
    /** The server may be silent, like servers of the text protocol. */
    SILENT,
    /** {@link #SILENT} for a question of the text protocol, otherwise {@link #SPOKEN}. */
    BY_PROTOCOL
  }

  /** Whether the server speaks only the text protocol, which knows nothing but addresses. */
  boolean holdsAddressesOnly() {
    return misses == Misses.SILENT;
  }

  /** Whether silence may be this server's "no" to {@code question}. */
  boolean missesInSilence(Question question) {
    return switch (misses) {
      case SPOKEN -> false;
      case SILENT -> true;
      case BY_PROTOCOL -> question.manner() == Manner.Text.TEXT;
    };
  }
}
