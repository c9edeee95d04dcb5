package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuessesTest {
  private static final int CHANNEL = 1;
  private static final long MEMORY = Guesses.MEMORY.toNanos();
  private static final long SENT = 3 * MEMORY;

  private final Guesses guesses = new Guesses();

  @Test
  void manyGuessesCastDoubtOnTheirSocketOnly() {
    for (int i = 0; i < Guesses.MANY; i++) {
      assertThat(guesses.castDoubt(CHANNEL, SENT)).isFalse();
      guesses.add(CHANNEL, SENT);
    }
    assertThat(guesses.castDoubt(CHANNEL, SENT)).isTrue();
    assertThat(guesses.castDoubt(CHANNEL + 1, SENT)).isFalse();
  }

  @Test
  void guessesBeforeTheQueryCastDoubtForAWhile() {
    for (int i = 0; i < Guesses.MANY; i++) {
      guesses.add(CHANNEL, SENT - MEMORY + i);
    }
    assertThat(guesses.castDoubt(CHANNEL, SENT)).isTrue();
    assertThat(guesses.castDoubt(CHANNEL, SENT + 1)).isFalse();
    guesses.add(CHANNEL, SENT);
    assertThat(guesses.castDoubt(CHANNEL, SENT + 1)).isTrue();
    assertThat(guesses.castDoubt(CHANNEL, SENT + 2)).isFalse();
  }

  @Test
  void fewGuessesInTheMemoryCastNoDoubtHoweverManyCameBefore() {
    for (int i = 0; i < 100 * Guesses.MANY; i++) {
      guesses.add(CHANNEL, SENT + i);
    }
    assertThat(guesses.castDoubt(CHANNEL, SENT + MEMORY + 99 * Guesses.MANY)).isTrue();
    assertThat(guesses.castDoubt(CHANNEL, SENT + MEMORY + 99 * Guesses.MANY + 1)).isFalse();
  }
}
