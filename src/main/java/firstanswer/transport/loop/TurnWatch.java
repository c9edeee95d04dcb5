package firstanswer.transport.loop;

import java.util.function.Consumer;

/**
 * Notices turns of an event loop that take too long and so delay all queries: something blocks the
 * loop's thread, or the thread gets no processor.
 *
 * <p>Tells of them at most once in ten seconds, and not in the first ten, when the code has not
 * been compiled yet.
 */
final class TurnWatch {
  private static final long LONG_NANOS = 100_000_000;
  private static final long BETWEEN_LINES_NANOS = 10_000_000_000L;
  private static final long NANOS_A_MILLI = 1_000_000;

  private final Consumer<String> log;
  private long count;
  private long longest;
  private long silentUntil;

  /**
   * Watches from now on.
   *
   * @param log gets a line now and then, and must not block
   */
  TurnWatch(long nowNanos, Consumer<String> log) {
    this.log = log;
    this.silentUntil = nowNanos + BETWEEN_LINES_NANOS;
  }

  /** A turn is over. */
  void onTurn(long beginNanos, long endNanos) {
    if (endNanos - beginNanos > LONG_NANOS) {
      onLongTurn(endNanos - beginNanos, endNanos);
    }
  }

  private void onLongTurn(long nanos, long nowNanos) {
    count++;
    longest = Math.max(longest, nanos);
    if (nowNanos - silentUntil >= 0) {
      log.accept(
          "queries were held up for %d ms by one turn of the event loop; %d turns over 100 ms so far"
              .formatted(longest / NANOS_A_MILLI, count));
      longest = 0;
      silentUntil = nowNanos + BETWEEN_LINES_NANOS;
    }
  }
}
