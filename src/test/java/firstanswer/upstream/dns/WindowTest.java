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
  void limitThatIsReachedRisesByHalf() {
    sends(Window.INITIAL);
    round();
    assertThat(window.limit()).isEqualTo(Window.INITIAL * 3 / 2);
  }

  @Test
  void limitRisesByAGrowingStepAfterAnOverload() {
    overload(100);
    round();
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
  void serverThatHasLostManyGetsWhatItHasTaken() {
    sends(Window.INITIAL);
    for (int i = 0; i < 100; i++) {
      window.onLoss();
    }
    for (int i = 0; i < 5; i++) {
      window.onLossConfirmed(20);
    }
    round();
    assertThat(window.limit()).isEqualTo(20);
  }

  @Test
  void limitNeverFallsBelowTheMinimum() {
    overload(0);
    assertThat(window.limit()).isEqualTo(Window.MIN);
    sends(Window.MIN);
    window.onLoss();
    assertThat(window.limit()).isEqualTo(Window.MIN);
  }

  @Test
  void lossesTakeTheirPlacesUntilTheEndOfTheNextRound() {
    sends(10);
    window.onLoss();
    window.onLoss();
    assertThat(window.limit()).isEqualTo(Window.INITIAL - 2);
    round();
    assertThat(window.limit()).isEqualTo(Window.INITIAL - 2);
    round();
    assertThat(window.limit()).isEqualTo(Window.INITIAL);
  }

  @Test
  void questionsThatAServerNeverAnswersTakeNoPlaceForLong() {
    for (int i = 0; i < 100; i++) {
      sends(40);
      for (int lost = 0; lost < 40; lost++) {
        window.onLoss();
      }
      round();
    }
    assertThat(window.limit()).isEqualTo(Window.INITIAL - 40);
  }

  @Test
  void oneLossInAHundredIsNoOverload() {
    for (int i = 0; i < 100; i++) {
      for (int query = 0; query < 400; query++) {
        window.onSent(40);
      }
      for (int lost = 0; lost < 4; lost++) {
        window.onLoss();
        window.onLossConfirmed(40);
      }
      round();
    }
    assertThat(window.limit()).isEqualTo(Window.INITIAL - 4);
  }

  @Test
  void limitRisesSlowlyAfterAnOverload() {
    overload(20);
    sends(20);
    round();
    assertThat(window.limit()).as("no rise in the round of the overload").isEqualTo(20);
    sends(20);
    round();
    assertThat(window.limit()).isEqualTo(21);
  }

  /** Many queries are lost while so many others are in flight. */
  private void overload(int inFlight) {
    for (int i = 0; i < 5; i++) {
      window.onLoss();
    }
    for (int i = 0; i < 5; i++) {
      window.onLossConfirmed(inFlight);
    }
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
