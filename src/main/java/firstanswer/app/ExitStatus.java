package firstanswer.app;

import firstanswer.client.Tally;

/** The exit statuses of every command. */
final class ExitStatus {
  /** The batch is done; or the process served, and a signal stopped it. */
  static final int OK = 0;

  /** {@code query} only: some name of the batch has no answer. */
  static final int NOT_ALL_ANSWERED = 1;

  /** The command line, the configuration or a file cannot be used. */
  static final int CANNOT_START = 2;

  /** The server could not be reached, or was lost. */
  static final int SERVER_LOST = 3;

  private ExitStatus() {}

  /**
   * The status of {@code query}.
   *
   * @param stopped whether a signal ended the batch, so that some names were perhaps not asked
   */
  static int ofQuery(Tally tally, boolean stopped) {
    if (tally.serverLost()) {
      return SERVER_LOST;
    }
    return tally.allAnswered() && !stopped ? OK : NOT_ALL_ANSWERED;
  }

  /** The status of the client role for a batch with the status {@code ofQuery}. */
  static int ofRole(int ofQuery) {
    // TIMED OUT and NOT FOUND are answers of the protocol.
    return ofQuery == NOT_ALL_ANSWERED ? OK : ofQuery;
  }
}
