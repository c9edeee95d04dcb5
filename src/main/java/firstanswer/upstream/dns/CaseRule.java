package firstanswer.upstream.dns;

import firstanswer.config.QuestionCase;

/**
 * Decides whether the questions to one server have letters of random case. A server that changes
 * the case is no forger, so after three such answers in a row it gets names as clients write them.
 */
final class CaseRule {
  private static final int MAX_LOST = 3;

  private final boolean wanted;
  private int lostInRow;

  CaseRule(QuestionCase questionCase) {
    this.wanted = questionCase == QuestionCase.MIXED;
  }

  /** Whether the next question has letters of random case. */
  boolean mixes() {
    return wanted && lostInRow < MAX_LOST;
  }

  /**
   * An answer over UDP has come.
   *
   * @param echoed whether the answer repeats the case of its question
   */
  void onAnswer(boolean echoed) {
    if (mixes()) {
      lostInRow = echoed ? 0 : lostInRow + 1;
    }
  }
}
