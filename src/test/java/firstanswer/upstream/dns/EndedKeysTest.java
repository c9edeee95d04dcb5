package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndedKeysTest {
  private static final int CHANNELS = 16;
  private static final int ALL = CHANNELS << 16;

  private final EndedKeys ended = new EndedKeys();

  @Test
  void onlyKeysThatWereAddedAreContained() {
    IntStream.of(1 << 16, 2 << 16, 3).forEach(ended::add);
    assertThat(IntStream.range(1, ALL).filter(ended::contains))
        .containsExactly(3, 1 << 16, 2 << 16);
  }

  /** The keys of real transactions: a random id, and one channel of a few. */
  @Test
  void theLastThousandsOfKeysAreContained() {
    int[] keys = new Random(1).ints(100_000, 1 << 16, ALL).toArray();
    IntStream.of(keys).forEach(ended::add);
    assertThat(IntStream.of(keys).skip(keys.length - 4000L).filter(ended::contains).count())
        .isEqualTo(4000);
  }

  @Test
  void oldKeysAreForgotten() {
    int[] keys = new Random(1).ints(100_000, 1 << 16, ALL).distinct().toArray();
    IntStream.of(keys).forEach(ended::add);
    assertThat(IntStream.of(keys).filter(ended::contains).count()).isLessThanOrEqualTo(32_768);
  }
}
