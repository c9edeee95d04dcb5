package firstanswer.upstream.dns;

/**
 * The most queries that may be in flight over UDP at one name server. A server that gets more than
 * it can take drops queries or refuses them, so the limit follows what the server loses.
 *
 * <p>The limit changes in rounds of 200 ms:
 *
 * <ul>
 *   <li>If the server loses many queries, or refuses one because it has too many, it is overloaded:
 *       the limit falls to the queries that are in flight without the lost ones, since these are
 *       what the server has taken.
 *   <li>If the server loses few queries, some network may have lost them: each loss takes one place
 *       away until the query is answered. So a query that is sent again takes the place of an
 *       answered query, and not the place of a lost query, which the server may not have.
 *   <li>If it loses none and the limit was reached, the limit rises by a step that doubles each
 *       round.
 * </ul>
 *
 * <p>The limiters of Netflix's concurrency-limits change the limit with each sample, so that one
 * burst of losses ends at the minimum, and take any loss for overload.
 */
final class Window {
  /**
   * Below the limit of usual servers: dnsmasq takes 150 queries at a time, and a socket buffer of
   * Linux holds 277 short datagrams.
   */
  static final int INITIAL = 128;

  /** Keeps a server usable that loses queries for other reasons than overload. */
  static final int MIN = 8;

  /** Overload: the server loses more than one query of so many, and at least {@link #MANY}. */
  private static final int OVERLOAD = 32;

  private static final int MANY = 4;
  private static final int TICKS_A_ROUND = 4;

  /** The largest step is this part of the limit. */
  private static final int MAX_STEP = 8;

  private final int max;
  private int limit;
  private int step = 1;
  private int ticks;

  /** The places that were taken away for losses, and come back with the answers. */
  private int owed;

  private boolean wasFull;
  private boolean overloaded;
  private boolean overloadedBefore;

  /** The queries of this round, and half of those of the last round, and so on. */
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

  /** A query was answered; {@code again} says whether it had been sent more than once. */
  void onAnswered(boolean again) {
    if (again && !overloaded && owed > 0) {
      owed--;
      limit = Math.min(max, limit + 1);
    }
  }

  /** The server has lost a query, and {@code inFlight} others are in flight. */
  void onLost(int inFlight) {
    lost++;
    if (lost >= MANY && lost > sent / OVERLOAD) {
      onOverload(inFlight);
    } else if (wasFull && limit > MIN) {
      owed++;
      limit--;
    }
  }

  /** The server takes no more than the {@code inFlight} queries that are in flight. */
  void onOverload(int inFlight) {
    overloaded = true;
    owed = 0;
    step = 1;
    limit = Math.max(MIN, Math.min(limit, inFlight));
  }

  /** Whether the server was overloaded in this round or in the last one. */
  boolean wasOverloaded() {
    return overloaded || overloadedBefore;
  }

  /** The time of one tick has passed. */
  void onTick() {
    ticks++;
    if (ticks % TICKS_A_ROUND == 0) {
      beginRound();
    }
  }

  private void beginRound() {
    if (wasFull && !overloaded) {
      limit = Math.min(max, limit + step);
      step = Math.min(2 * step, Math.max(1, limit / MAX_STEP));
    }
    sent /= 2;
    lost /= 2;
    wasFull = false;
    overloadedBefore = overloaded;
    overloaded = false;
  }
}
