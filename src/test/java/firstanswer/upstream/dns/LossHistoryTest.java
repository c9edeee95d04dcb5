package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossHistoryTest {
  private final LossHistory history = new LossHistory();

  @Test
  void moreThanOneLossInThirtyTwoIsAnOverload() {
    sends(159);
    assertThat(losses(4, 0)).isFalse();
    assertThat(history.onLost(0)).isTrue();
  }

  @Test
  void threeLossesAreNoOverloadHoweverFewQueriesThereAre() {
    sends(3);
    assertThat(losses(3, 0)).isFalse();
    assertThat(history.onLost(0)).isTrue();
  }

  @Test
  void lossIsWeighedAgainstTheQueriesOfItsTime() {
    sends(400);
    ticks(20);
    sends(1);
    assertThat(losses(12, 20)).isFalse();
    assertThat(history.onLost(20)).isTrue();
  }

  @Test
  void queriesOfFourTicksBeforeAndAfterAreOfTheSameTime() {
    sends(100);
    ticks(4);
    sends(100);
    ticks(4);
    sends(100);
    ticks(1);
    assertThat(losses(9, 5)).isFalse();
    assertThat(history.onLost(5)).isTrue();
  }

  @Test
  void queriesOfFiveTicksAgoAreOfAnotherTime() {
    sends(1000);
    ticks(5);
    sends(10);
    assertThat(losses(3, 0)).isFalse();
    assertThat(history.onLost(0)).isTrue();
  }

  @Test
  void lossThatIsTooOldDoesNotCount() {
    sends(10);
    ticks(60);
    assertThat(losses(10, 60)).isFalse();
  }

  @Test
  void serverHasTakenWhatItHasNotLostShortlyBefore() {
    sends(50);
    ticks(3);
    sends(128);
    losses(30, 3);
    losses(8, 0);
    assertThat(history.taken(0)).isEqualTo(90);
    assertThat(history.taken(3)).isEqualTo(20);
    ticks(1);
    sends(60);
    assertThat(history.taken(0)).as("older losses have gone out again").isEqualTo(52);
  }

  /** The last of some losses was a sign of overload. */
  private boolean losses(int count, long ticksAgo) {
    boolean overload = false;
    for (int i = 0; i < count; i++) {
      overload = history.onLost(ticksAgo);
    }
    return overload;
  }

  /** This many queries are sent, one after the other, without an answer. */
  private void sends(int queries) {
    for (int inFlight = 1; inFlight <= queries; inFlight++) {
      history.onSent(inFlight);
    }
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      history.onTick();
    }
  }
}
