package firstanswer.transport.tcp;

/**
 * Limits the queries in flight of one connection by the memory that their answers will take. The
 * length of an answer is known only when the answer arrives, too late to refuse the query. So the
 * window expects each answer to be as long as the longest recent ones, and takes a query only if
 * the expected answers to all queries in flight have room. A longer answer raises the expected
 * length to its own length at once. Each shorter answer lowers it by an eighth, but not below its
 * own length.
 */
final class AnswerWindow {
  private static final int MEMORY = 8;

  private final long maxBytes;
  private long expected;
  private int inFlight;

  /**
   * A window without queries.
   *
   * @param maxBytes for all answers in flight
   * @param expected bytes of an answer as long as nothing is known
   */
  AnswerWindow(long maxBytes, int expected) {
    this.maxBytes = maxBytes;
    this.expected = expected;
  }

  /** Whether there is room for one more query; there always is if no other is in flight. */
  boolean hasRoom() {
    return inFlight == 0 || (inFlight + 1) * expected <= maxBytes;
  }

  /** A query is in flight. */
  void asked() {
    inFlight++;
  }

  /** A query in flight has its answer, and that takes {@code bytes}. */
  void answered(int bytes) {
    inFlight--;
    expected = Math.max(bytes, expected - expected / MEMORY);
  }
}
