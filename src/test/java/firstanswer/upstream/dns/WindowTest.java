package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
  private static final int TICKS_A_ROUND = 4;
  private static final int LOST = 10;

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
    round();
    round();
    for (int i = 0; i < 108; i++) {
      window.onLossConfirmed(2 * TICKS_A_ROUND);
    }
    assertThat(window.limit()).isEqualTo(20);
  }

  @Test
  void limitNeverFallsBelowTheMinimum() {
    overload(Window.MIN - 1);
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
        window.onLossConfirmed(1);
      }
      round();
    }
    assertThat(window.limit()).isEqualTo(Window.INITIAL - 4);
  }

  /** Such as the last losses of a load that has ended. */
  @Test
  void fewLossesOfManyQueriesAreNoOverloadWhenHardlyAnyAreSentAnyMore() {
    sends(200);
    for (int i = 0; i < 5 * TICKS_A_ROUND; i++) {
      window.onTick();
    }
    sends(2);
    for (int i = 0; i < 5; i++) {
      window.onLossConfirmed(5 * TICKS_A_ROUND);
    }
    assertThat(window.limit()).isGreaterThanOrEqualTo(Window.INITIAL);
  }

  @Test
  void limitRisesByHalfAgainFarAboveTheOverload() {
    overload(20);
    round();
    int rounds = 0;
    while (window.limit() <= 40) {
      sends(window.limit());
      round();
      rounds++;
    }
    assertThat(rounds).isGreaterThan(5);
    int last = window.limit();
    sends(last);
    round();
    assertThat(window.limit()).isEqualTo(last + last / 2);
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

  /** The server loses queries, and has taken {@code taken} others. */
  private void overload(int taken) {
    sends(taken + LOST);
    for (int i = 0; i < LOST; i++) {
      window.onLossConfirmed(0);
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
