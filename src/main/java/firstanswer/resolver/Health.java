package firstanswer.resolver;

import akka.actor.typed.ActorRef;

/**
 * How a server fares, as its proxy sees it.
 *
 * @param reason why it is not up, for people; empty when it is
 */
public record Health(State state, String reason) {

  /** Nobody waits for a server that is down; all others count. */
  public enum State {
    UP,
    /** Has given cause for doubt, but may well answer. */
    SUSPECT,
    DOWN
  }

  /** A server that has given no cause for doubt. */
  public static final Health UP = new Health(State.UP, "");

  /**
   * Asks a proxy to tell {@code watcher} of its server's health whenever that changes. Servers are
   * up to begin with.
   *
   * @param upstream what the watcher knows the server as
   */
  public record Watch(int upstream, ActorRef<Resolver.Command> watcher)
      implements Resolver.Command {
    /** Tells the watcher. */
    public void tell(Health health) {
      watcher.tell(new Changed(upstream, health));
    }
  }

  /** The health of a server has changed. */
  public record Changed(int upstream, Health health) implements Resolver.Command {}

  /** Whether a "no" of others waits for this server. */
  public boolean counts() {
    return state != State.DOWN;
  }
}
