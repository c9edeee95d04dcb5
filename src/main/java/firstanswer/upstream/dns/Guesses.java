package firstanswer.upstream.dns;

import java.time.Duration;

/**
 * The messages over UDP that look like the guesses of an attacker who does not see our queries, but
 * sends answers in the server's name with ids at random. After {@link #MANY} guesses at a socket,
 * an answer there may be a lucky guess, and is not believed; its question must go over TCP.
 *
 * <p>The doubt lasts for a while. So an attacker who makes us ask many questions does not get as
 * many guesses for each of them.
 */
final class Guesses {
  /**
   * The guesses that cast doubt. They hit one given id of 65,536 with a chance of 0.15 %. A server
   * with a defect, or a network that delays answers, may also send some.
   */
  static final int MANY = 100;

  /** The time for which a guess is remembered, in addition to the life of a query. */
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
