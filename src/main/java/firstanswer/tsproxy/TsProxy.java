package firstanswer.tsproxy;

import akka.actor.typed.ActorRef;
import firstanswer.congestion.Congestion;
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
   * If the upstream cannot be reached for now, the proxy answers with the reason ({@link
   * Answer.Unheard.Cause#isTrouble}), and goes on trying until it gets {@link Forget}. The asker
   * may then send the ask again, with the same id, and gets the later answer.
   *
   * @param id identifies this ask among the asks of one asker
   * @param way counts the query as on its way until the first proxy has taken its ask
   */
  public record Ask(long id, Question question, Congestion.Way way, ActorRef<Answer> replyTo)
      implements Command {
    /** The proxy has taken the ask. */
    public void taken() {
      way.end();
    }
  }

  /** The asker no longer needs an answer to the ask with that id. */
  public record Forget(long id) implements Command {}

  /**
   * Asks the proxy to tell the watcher each change of the upstream's health. At first, an upstream
   * is up.
   *
   * @param protocols the protocols whose queries the proxy gets
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

  /** Tells a watcher the health of {@code upstream} for queries of {@code protocols}. */
  public record HealthChanged(UpstreamId upstream, Set<Protocol> protocols, Health health) {}
}
