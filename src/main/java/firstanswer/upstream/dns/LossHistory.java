package firstanswer.upstream.dns;

/**
 * The queries that were sent in each of the last ticks, and those of them that the server has lost.
 * A loss is known only when the repetition of the query is answered, up to seconds later. So it is
 * weighed against the queries of its own time: by then, hardly any may be sent.
 */
final class LossHistory {
  /** The length of the history: 3.2 s. Older losses do not count. */
  private static final int TICKS = 64;

  /** Queries that were sent at most this many ticks apart are of the same time. */
  private static final int NEAR = 4;

  /** Overload: the server has lost more than one query in this many, and at least {@link #MANY}. */
  private static final int OVERLOAD = 32;

  private static final int MANY = 4;

  private final int[] sent = new int[TICKS];
  private final int[] lost = new int[TICKS];
  private final int[] inFlight = new int[TICKS];
  private int now;

  /** The time of one tick has passed. */
  void onTick() {
    now = (now + 1) % TICKS;
    sent[now] = 0;
    lost[now] = 0;
    inFlight[now] = 0;
  }

  /** A query was sent, and {@code queries} are in flight now. */
  void onSent(int queries) {
    sent[now]++;
    inFlight[now] = Math.max(inFlight[now], queries);
  }

  /** The server has lost a query that was sent {@code ticksAgo}; true if it was overloaded then. */
  boolean onLost(long ticksAgo) {
    if (ticksAgo >= TICKS - NEAR) {
      return false;
    }
    lost[at(ticksAgo)]++;
    int losses = 0;
    int queries = 0;
    for (long tick = Math.max(0, ticksAgo - NEAR); tick <= ticksAgo + NEAR; tick++) {
      losses += lost[at(tick)];
      queries += sent[at(tick)];
    }
    return losses >= MANY && losses > queries / OVERLOAD;
  }

  /**
   * The number of queries in flight at that time that the server had taken, for all we know. A lost
   * query counts as in flight until it is sent again, so those lost shortly before are left out.
   */
  int taken(long ticksAgo) {
    int taken = inFlight[at(ticksAgo)];
    for (long tick = ticksAgo; tick < ticksAgo + NEAR; tick++) {
      taken -= lost[at(tick)];
    }
    return taken;
  }

  private int at(long ticksAgo) {
    return Math.floorMod(now - (int) ticksAgo, TICKS);
  }
}
