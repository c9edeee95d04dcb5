package firstanswer.tsproxy;

import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.Question;
import firstanswer.resolver.Health;
import firstanswer.resolver.Query.Protocol;
import firstanswer.resolver.UpstreamId;
import java.util.Set;

/** The protocol of a TsProxy, the actor that stands for one upstream. */
public final class TsProxy {
  private TsProxy() {}

  /** All messages to a proxy: commands, and the events that it sends to itself. */
  public interface Message {}

  /** The messages that others may send to a proxy. */
  public sealed interface Command extends Message {}

  /**
   * A question for the upstream. The proxy answers once, or not at all if the upstream is silent.
   * If the answer is that the way to the upstream is in trouble, the proxy goes on trying until it
   * is told to forget, and the same ask again gets the answer that comes of it.
   *
   * @param id identifies this ask among those of one asker
   */
  public record Ask(long id, Question question, ActorRef<Answer> replyTo) implements Command {}

  /** The asker no longer needs an answer to the ask with that id. */
  public record Forget(long id) implements Command {}

  /**
   * Tells the watcher of each change of the upstream's health. At first, an upstream is up.
   *
   * @param protocols those whose queries the proxy is asked
   */
  public record Watch(ActorRef<HealthChanged> watcher, Set<Protocol> protocols) implements Command {
    /** The news that the health of {@code upstream} has changed. */
    public HealthChanged news(UpstreamId upstream, Health health) {
      return new HealthChanged(upstream, protocols, health);
    }
  }

  /** Tells the proxy to end its conversation with the server and stop. */
  public enum Close implements Command {
    CLOSE
  }

  /** The message to a watcher: the health of {@code upstream} for queries of these protocols. */
  public record HealthChanged(UpstreamId upstream, Set<Protocol> protocols, Health health) {}
}
