package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final int WINDOW = 20;

  private final Backlog backlog = new Backlog();

  @Test
  void asManyAsTheWindowAreNoCongestionOfASlowServer() {
    answers(1, 20);
    assertThat(backlog.isCongestedBy(WINDOW, WINDOW)).isFalse();
    assertThat(backlog.isCongestedBy(WINDOW + 1, WINDOW)).isTrue();
  }

  @Test
  void congestionEndsWhenHalfAsManyWait() {
    answers(1, 20);
    backlog.isCongestedBy(WINDOW + 1, WINDOW);
    assertThat(backlog.isCongestedBy(WINDOW / 2 + 1, WINDOW)).isTrue();
    assertThat(backlog.isCongestedBy(WINDOW / 2, WINDOW)).isFalse();
  }

  @Test
  void aFastServerMayHaveTheQueriesOfAQuarterOfASecondWaiting() {
    answers(100, 100);
    assertThat(backlog.isCongestedBy(499, WINDOW)).isFalse();
    assertThat(backlog.isCongestedBy(501, WINDOW)).isTrue();
  }

  @Test
  void aServerThatAnswersNothingIsNotCongested() {
    assertThat(backlog.isCongestedBy(10_000, WINDOW)).isFalse();
    answers(100, 100);
    assertThat(backlog.isCongestedBy(10_000, WINDOW)).isTrue();
    answers(0, 3);
    assertThat(backlog.isCongestedBy(10_000, WINDOW)).isTrue();
    answers(0, 2);
    assertThat(backlog.isCongestedBy(10_000, WINDOW)).isFalse();
  }

  private void answers(int inATick, int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      for (int answer = 0; answer < inATick; answer++) {
        backlog.onAnswer();
      }
      backlog.onTick();
    }
  }
}
