package firstanswer.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerWindowTest {
  private static final int MAX_BYTES = 1000;

  @Test
  void unknownClientGetsAsManyQueriesAsLongAnswersHaveRoom() {
    assertThat(fill(new AnswerWindow(MAX_BYTES, 100))).isEqualTo(10);
  }

  @Test
  void shortAnswersWidenTheWindowStepByStep() {
    AnswerWindow window = new AnswerWindow(MAX_BYTES, 100);
    int before = fill(window);
    for (int i = 0; i < 100; i++) {
      window.answered(10);
      int now = before - 1 + fill(window);
      assertThat(now).isBetween(before, before + before / 8 + 2);
      before = now;
    }
    assertThat(before).isEqualTo(100);
  }

  @Test
  void oneLongAnswerNarrowsTheWindowAtOnce() {
    AnswerWindow window = new AnswerWindow(MAX_BYTES, 10);
    assertThat(fill(window)).isEqualTo(100);
    for (int i = 0; i < 95; i++) {
      window.answered(200);
    }
    assertThat(fill(window)).isZero();
    window.answered(200);
    assertThat(fill(window)).isOne();
  }

  @Test
  void onlyQueryHasRoomHoweverLongItsAnswer() {
    AnswerWindow window = new AnswerWindow(MAX_BYTES, 2 * MAX_BYTES);
    assertThat(fill(window)).isOne();
    window.answered(3 * MAX_BYTES);
    assertThat(fill(window)).isOne();
  }

  private static int fill(AnswerWindow window) {
    int asked = 0;
    while (window.hasRoom()) {
      window.asked();
      asked++;
    }
    return asked;
  }
}
