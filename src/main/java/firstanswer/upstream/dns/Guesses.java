package firstanswer.upstream.dns;

import java.time.Duration;

/**
 * Counts the messages over UDP that may be guesses of an off-path attacker, who sends responses in
 * the server's name with random ids. After {@link #MANY} guesses at a socket, an answer at this
 * socket may be a lucky guess: the answer is dropped, and its query goes over TCP.
 *
 * <p>Guesses count for some time, for later queries, too. Otherwise an attacker who makes us send
 * many queries would have that many guesses for each of them.
 */
final class Guesses {
  /**
   * The guesses that cast doubt. They hit one given id of 65,536 with a chance of 0.15 %. A server
   * with a defect, or a network that delays answers, may also send some.
   */
  static final int MANY = 100;

  /** A guess counts against all queries before it, and those sent up to this long after it. */
  static final Duration MEMORY = ServerWatch.LATEST_ANSWER;

  /** More than the sockets that are open at a time, so sockets hardly ever share a place. */
  private static final int PLACES = 1024;

  /** The times of the last guesses at a socket, as a ring. */
  private static final class Ring {
    private final long[] nanos = new long[MANY];
    private int count;

    void add(long nowNanos) {
      nanos[count++ % MANY] = nowNanos;
      if (count == 2 * MANY) {
        count = MANY;
      }
    }

    boolean isFullSince(long sinceNanos) {
      return count >= MANY && nanos[count % MANY] >= sinceNanos;
    }
  }

  /** By the number of the socket; only a socket that got a guess has a ring. */
  private final Ring[] rings = new Ring[PLACES];

  /** A guess has come over the UDP socket {@code channel}. */
  void add(int channel, long nowNanos) {
    int place = channel % PLACES;
    if (rings[place] == null) {
      rings[place] = new Ring();
    }
    rings[place].add(nowNanos);
  }

  /** Whether an answer over {@code channel} to a query of {@code sentNanos} may be a guess. */
  boolean castDoubt(int channel, long sentNanos) {
    Ring ring = rings[channel % PLACES];
    return ring != null && ring.isFullSince(sentNanos - MEMORY.toNanos());
  }
}
