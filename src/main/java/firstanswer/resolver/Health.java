package firstanswer.resolver;

/**
 * The health of a server, as its proxy sees it.
 *
 * @param reason why the server is not up, for people; empty when it is
 */
public record Health(State state, String reason) {

  /** How far a server can be relied on, best first. */
  public enum State {
    /** It has given no cause for doubt. */
    UP,
    /** It has given cause for doubt, but may well answer. */
    SUSPECT,
    /** No "no" waits for it. */
    DOWN
  }

  /** A server that has given no cause for doubt. */
  public static final Health UP = new Health(State.UP, "");

  /** Whether a "no" of others waits for this server. */
  public boolean counts() {
    return state != State.DOWN;
  }
}
