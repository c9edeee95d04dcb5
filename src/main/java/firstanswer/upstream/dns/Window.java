package firstanswer.upstream.dns;

/**
 * The most queries that may be in flight over UDP at one name server. A server that gets more
 * queries than it can take drops or refuses some. So the limit falls when the server loses queries.
 *
 * <p>The limit changes in rounds of 200 ms:
 *
 * <ul>
 *   <li>Each query that seems lost, or that the server refuses, lowers the limit by one until the
 *       end of the next round. So a lost query frees no place: the server may have dropped it
 *       because it has no room. The query is sent again when an answer frees a place.
 *   <li>If the server answers the repetition, the query was really lost. If the server has lost
 *       many queries of the same time ({@link LossHistory}), it was overloaded then. The limit
 *       falls to the number of queries in flight at that time that the server has taken.
 *   <li>Without overload, the limit gets its lost places back, because servers never answer some
 *       questions, or always refuse them, and networks lose messages.
 *   <li>If a round without overload has reached the limit, the limit rises. From half to double the
 *       limit of the last overload, it rises by a step that doubles each round, up to an eighth of
 *       the limit. Elsewhere, it rises by half.
 * </ul>
 *
 * <p>The limiters of Netflix's concurrency-limits change the limit with each sample, so one burst
 * of losses lowers it to the minimum. They also take any loss for overload.
 */
final class Window {
  /**
   * Below the limit of usual servers: dnsmasq takes 150 queries at a time, and a socket buffer of
   * Linux holds 277 short datagrams.
   */
  static final int INITIAL = 128;

  /** Keeps a server usable that loses queries for other reasons than overload. */
  static final int MIN = 8;

  private static final int TICKS_A_ROUND = 4;

  /** The largest step is this part of the limit. */
  private static final int MAX_STEP = 8;

  private final int max;
  private int limit;
  private int step = 1;

  /** The limit after the last overload; 0 if there was none. */
  private int overloadLimit;

  private int ticks;

  /** The places that were taken away in this round, and in the last, for what seems lost. */
  private int owed;

  private int owedBefore;

  private boolean wasFull;
  private boolean overloaded;
  private boolean losing;
  private boolean losingBefore;

  private final LossHistory history = new LossHistory();

  /** Never lets more than {@code max} queries be in flight. */
  Window(int max) {
    this.max = max;
    this.limit = Math.min(INITIAL, max);
  }

  /** The most queries that may be in flight now. */
  int limit() {
    return limit;
  }

  /** A query was sent, and {@code inFlight} queries are in flight now. */
  void onSent(int inFlight) {
    history.onSent(inFlight);
    wasFull |= inFlight >= limit;
  }

  /** A query seems lost: the server has answered later ones, or has refused the query. */
  void onLoss() {
    losing = true;
    if (limit > MIN) {
      limit--;
      owed++;
    }
  }

  /** The server has answered a query that seemed lost, and was first sent {@code ticksAgo}. */
  void onLossConfirmed(long ticksAgo) {
    if (history.onLost(ticksAgo)) {
      onOverload(history.taken(ticksAgo));
    }
  }

  private void onOverload(int taken) {
    overloaded = true;
    owed = 0;
    owedBefore = 0;
    step = 1;
    limit = Math.max(MIN, Math.min(limit, taken));
    overloadLimit = limit;
  }

  /** Whether queries seemed lost in this round or in the last one. */
  boolean isLosing() {
    return losing || losingBefore;
  }

  /** The time of one tick has passed. */
  void onTick() {
    history.onTick();
    ticks++;
    if (ticks % TICKS_A_ROUND == 0) {
      beginRound();
    }
  }

  private void beginRound() {
    limit = Math.min(max, limit + owedBefore);
    owedBefore = owed;
    owed = 0;
    if (wasFull && !overloaded) {
      limit = Math.min(max, limit + (isNearOverload() ? step : limit / 2));
      step = Math.min(2 * step, Math.max(1, limit / MAX_STEP));
    }
    wasFull = false;
    losingBefore = losing;
    losing = false;
    overloaded = false;
  }

  private boolean isNearOverload() {
    return limit > overloadLimit / 2 && limit <= overloadLimit * 2;
  }
}
