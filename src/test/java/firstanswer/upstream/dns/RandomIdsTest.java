package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Chance makes each of these tests fail less than once in a billion runs. */
class RandomIdsTest {
  private static final int IDS = 1 << 16;

  private final RandomIds random = new RandomIds();

  @Test
  void idsUseAllOfTheirBits() {
    BitSet seen = new BitSet();
    for (int i = 0; i < 16 * IDS; i++) {
      int id = random.nextId();
      assertThat(id).isBetween(0, IDS - 1);
      seen.set(id);
    }
    // An id is missing with a chance of e^-16, so some id is missing in one run of a hundred.
    assertThat(seen.cardinality()).isGreaterThan(IDS - 20);
  }

  @Test
  void idsDoNotFollowFromTheOneBefore() {
    int[] ids = IntStream.range(0, 1000).map(i -> random.nextId()).toArray();
    assertThat(IntStream.range(1, ids.length).map(i -> (ids[i] - ids[i - 1]) & (IDS - 1)))
        .filteredOn(step -> step <= 2)
        .hasSizeLessThan(10);
    assertThat(IntStream.of(ids).distinct().count()).isGreaterThan(950);
  }

  @Test
  void twoProxiesDrawDifferentIds() {
    RandomIds other = new RandomIds();
    assertThat(IntStream.range(0, 100).filter(i -> random.nextId() == other.nextId()).count())
        .isLessThan(10);
  }

  @Test
  void smallNumbersAreSpreadEvenly() {
    for (int bound : new int[] {1, 2, 3, 16, 256}) {
      int[] drawn = new int[bound];
      for (int i = 0; i < 1000 * bound; i++) {
        drawn[random.next(bound)]++;
      }
      assertThat(IntStream.of(drawn).allMatch(n -> n > 700 && n < 1300)).isTrue();
    }
  }
}
