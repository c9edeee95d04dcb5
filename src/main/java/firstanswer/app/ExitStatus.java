package firstanswer.app;

import firstanswer.client.Tally;

/** What the process says to whoever started it (design: command line). */
final class ExitStatus {
  /** Every name of the batch was answered; or served, and stopped by a signal. */
  static final int OK = 0;

  /** Some name of the batch had no answer. */
  static final int NOT_ALL_ANSWERED = 1;

  /** The command line or the configuration cannot be used. */
  static final int CANNOT_START = 2;

  /** The server could not be reached, or was lost. */
  static final int SERVER_LOST = 3;

  private ExitStatus() {}

  static int of(Tally tally) {
    if (tally.serverLost()) {
      return SERVER_LOST;
    }
    return tally.allAnswered() ? OK : NOT_ALL_ANSWERED;
  }
}
