package firstanswer.tsproxy;

import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.Question;
import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;

/** The protocol of a TsProxy, the actor that stands for one upstream. */
public final class TsProxy {
  private TsProxy() {}

  /** What such an actor hears: commands, and events of its own, which no one else can send. */
  public interface Message {}

  /** What others may say to a proxy. */
  public sealed interface Command extends Message {}

  /**
   * A question to the upstream. The proxy answers once, or not at all if the upstream is silent.
   *
   * @param id tells the asks of one asker apart
   */
  public record Ask(long id, Question question, ActorRef<Answer> replyTo) implements Command {}

  /** The asker no longer needs an answer to the ask of that id. */
  public record Forget(long id) implements Command {}

  /** The watcher hears of each change of the upstream's health. Upstreams are up to begin with. */
  public record Watch(ActorRef<HealthChanged> watcher) implements Command {}

  /** The proxy takes leave of its server and stops. */
  public enum Close implements Command {
    CLOSE
  }

  /** What a watcher hears. */
  public record HealthChanged(UpstreamId upstream, Health health) {}
}
