package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
  private static final int TICKS_A_ROUND = 4;

  private final Window window = new Window(1000);

  @Test
  void limitThatIsNeverReachedStays() {
    sends(100);
    round();
    assertThat(window.limit()).isEqualTo(Window.INITIAL);
  }

  @Test
  void limitThatIsReachedRisesByAGrowingStep() {
    int last = window.limit();
    int lastStep = 0;
    for (int i = 0; i < 4; i++) {
      sends(window.limit());
      round();
      assertThat(window.limit() - last).isGreaterThan(lastStep);
      lastStep = window.limit() - last;
      last = window.limit();
    }
  }

  @Test
  void limitRisesToTheMaximumAndNoFurther() {
    for (int i = 0; i < 100; i++) {
      sends(window.limit());
      round();
    }
    assertThat(window.limit()).isEqualTo(1000);
  }

  @Test
  void serverThatLosesManyGetsWhatItHasTaken() {
    sends(Window.INITIAL);
    for (int inFlight = Window.INITIAL - 1; inFlight >= 20; inFlight--) {
      window.onLost(inFlight);
    }
    assertThat(window.limit()).isEqualTo(20);
  }

  @Test
  void serverThatRefusesGetsWhatItHasTaken() {
    sends(Window.INITIAL);
    window.onOverload(100);
    assertThat(window.limit()).isEqualTo(100);
  }

  @Test
  void limitNeverFallsBelowTheMinimum() {
    window.onOverload(0);
    assertThat(window.limit()).isEqualTo(Window.MIN);
    sends(Window.MIN);
    window.onLost(0);
    assertThat(window.limit()).isEqualTo(Window.MIN);
  }

  @Test
  void fewLossesTakeTheirPlacesUntilTheirAnswersCome() {
    sends(Window.INITIAL);
    window.onLost(Window.INITIAL - 1);
    window.onLost(Window.INITIAL - 2);
    assertThat(window.limit()).isEqualTo(Window.INITIAL - 2);
    window.onAnswered(false);
    assertThat(window.limit()).isEqualTo(Window.INITIAL - 2);
    window.onAnswered(true);
    window.onAnswered(true);
    window.onAnswered(true);
    assertThat(window.limit()).isEqualTo(Window.INITIAL);
  }

  @Test
  void fewLossesFarFromTheLimitTakeNoPlace() {
    sends(10);
    window.onLost(9);
    assertThat(window.limit()).isEqualTo(Window.INITIAL);
  }

  @Test
  void oneLossInAHundredIsNoOverload() {
    for (int i = 0; i < 100; i++) {
      for (int query = 0; query < 400; query++) {
        window.onSent(40);
      }
      for (int lost = 0; lost < 4; lost++) {
        window.onLost(40);
      }
      round();
    }
    assertThat(window.limit()).isEqualTo(Window.INITIAL);
  }

  @Test
  void limitRisesSlowlyAfterAnOverload() {
    window.onOverload(20);
    sends(20);
    round();
    assertThat(window.limit()).as("no rise in the round of the overload").isEqualTo(20);
    sends(20);
    round();
    assertThat(window.limit()).isEqualTo(21);
  }

  /** So many queries are sent, one after the other, without an answer. */
  private void sends(int queries) {
    for (int inFlight = 1; inFlight <= queries; inFlight++) {
      window.onSent(inFlight);
    }
  }

  private void round() {
    for (int i = 0; i < TICKS_A_ROUND; i++) {
      window.onTick();
    }
  }
}
