package firstanswer.balancer;

import akka.actor.typed.ActorRef;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;

/**
 * A server that the load balancer asks.
 *
 * @param proxy the TsProxy that stands for it
 * @param budget what it may be asked
 * @param misses how it says no
 */
public record Upstream(
    UpstreamId id, ActorRef<TsProxy.Command> proxy, Budget budget, Misses misses) {

  /** How a server says no. */
  public enum Misses {
    /** Always in words. */
    SPOKEN,
    /** Perhaps by silence, as servers of the text protocol do. */
    SILENT,
    /** In the manner of the protocol that it is asked in. */
    BY_PROTOCOL
  }

  /** Whether silence may be its "no" to {@code question}. */
  boolean missesInSilence(Question question) {
    return switch (misses) {
      case SPOKEN -> false;
      case SILENT -> true;
      case BY_PROTOCOL -> question.manner() == Manner.Text.TEXT;
    };
  }
}
