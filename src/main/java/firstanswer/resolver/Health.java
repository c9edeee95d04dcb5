package firstanswer.resolver;

/**
 * The health of a server, as its proxy sees it.
 *
 * @param reason why the server is not up, for people; empty for a server that is up
 */
public record Health(State state, String reason) {

  /** The states of a server, best first. */
  public enum State {
    /** The server has given no cause for doubt. */
    UP,
    /** The server has given cause for doubt, but may well answer. */
    SUSPECT,
    /** The server is taken for dead: a "no" of other servers does not wait for it. */
    DOWN
  }

  /** The health of a server that is up. */
  public static final Health UP = new Health(State.UP, "");

  /** Whether a "no" of others waits for this server. */
  public boolean counts() {
    return state != State.DOWN;
  }
}
