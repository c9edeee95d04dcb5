package firstanswer.upstream.dns;

/**
 * Says whether a server is congested: more queries wait for it than it answers in a quarter of a
 * second, and more than may be in flight.
 *
 * <p>The congestion ends when half as many wait. It also ends when the server has been silent for a
 * quarter of a second: a server that has perhaps died must not hold up the queries that other
 * servers answer.
 */
final class Backlog {
  /** The number of answers in a quarter of a second is five times the mean for a tick. */
  private static final int TICKS = 5;

  private static final double NEWEST_SHARE = 0.2;

  private double answersPerTick;
  private int answers;

  /** The ticks since the last answer. */
  private int silentTicks = TICKS;

  private boolean isCongested;

  /** The server has answered a query. */
  void onAnswer() {
    answers++;
    silentTicks = 0;
  }

  /** The time of one tick has passed. */
  void onTick() {
    answersPerTick += NEWEST_SHARE * (answers - answersPerTick);
    answers = 0;
    silentTicks = Math.min(TICKS, silentTicks + 1);
  }

  /**
   * Whether the server is congested now that {@code waiting} queries wait. If no more wait than may
   * be in flight, {@code window}, that is no congestion, however slow the server is.
   */
  boolean isCongestedBy(int waiting, int window) {
    double most = Math.max(window, TICKS * answersPerTick);
    isCongested = silentTicks < TICKS && waiting > (isCongested ? most / 2 : most);
    return isCongested;
  }
}
