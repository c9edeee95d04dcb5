package firstanswer.upstream.dns;

/**
 * The most queries that may be in flight over UDP at one name server. A server that gets more than
 * it can take drops queries or refuses them, so the limit follows what the server loses.
 *
 * <p>The limit changes in rounds of 200 ms:
 *
 * <ul>
 *   <li>Each query that seems lost, or that the server refuses, lowers the limit by one until the
 *       end of the next round. So the query is repeated only when an answer frees a place. The loss
 *       itself frees none, because the server may have dropped the query for want of room.
 *   <li>A query that seemed lost was really lost if the server answers its repetition. If more than
 *       one query in {@link #OVERLOAD} was really lost, and at least {@link #MANY}, the server is
 *       overloaded: the limit falls to the number of queries in flight, which is what the server
 *       has taken. Otherwise, the lost places come back, because some questions are never answered,
 *       or always refused, and networks lose messages.
 *   <li>If a round without overload has reached the limit, the limit rises: by half until the first
 *       overload, and from then on by a step that doubles each round.
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

  /** Overload: the server has lost more than one query in this many, and at least {@link #MANY}. */
  private static final int OVERLOAD = 32;

  private static final int MANY = 4;
  private static final int TICKS_A_ROUND = 4;

  /** The largest step is this part of the limit. */
  private static final int MAX_STEP = 8;

  private final int max;
  private int limit;
  private int step = 1;
  private boolean everOverloaded;
  private int ticks;

  /** The places that were taken away in this round, and in the last, for what seems lost. */
  private int owed;

  private int owedBefore;

  private boolean wasFull;
  private boolean overloaded;
  private boolean losing;
  private boolean losingBefore;

  /** The queries sent; each new round halves the weight of those before. */
  private int sent;

  private int lost;

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
    sent++;
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

  /** The server has answered a query that had seemed lost; {@code inFlight} are in flight now. */
  void onLossConfirmed(int inFlight) {
    lost++;
    if (lost >= MANY && lost > sent / OVERLOAD) {
      onOverload(inFlight);
    }
  }

  private void onOverload(int inFlight) {
    overloaded = true;
    everOverloaded = true;
    owed = 0;
    owedBefore = 0;
    step = 1;
    limit = Math.max(MIN, Math.min(limit, inFlight));
  }

  /** Whether queries seemed lost in this round or in the last one. */
  boolean isLosing() {
    return losing || losingBefore;
  }

  /** The time of one tick has passed. */
  void onTick() {
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
      limit = Math.min(max, limit + (everOverloaded ? step : limit / 2));
      step = Math.min(2 * step, Math.max(1, limit / MAX_STEP));
    }
    sent /= 2;
    lost /= 2;
    wasFull = false;
    losingBefore = losing;
    losing = false;
    overloaded = false;
  }
}
