package firstanswer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CollisionEntropyTest {
  @Test
  void constantHasNoBits() {
    assertThat(CollisionEntropy.of(List.of(7, 7, 7))).hasToString("0.0 bits");
  }

  @Test
  void evenDrawsFromManyValuesHaveTheirBits() {
    List<Integer> draws = new Random(1).ints(10_000, 0, 1 << 16).boxed().toList();
    assertThat(CollisionEntropy.of(draws).bits()).isEqualTo(16, within(0.2));
  }

  @Test
  void samplesWithoutCollisionGiveALowerBound() {
    assertThat(CollisionEntropy.of(List.of(1, 2, 3, 4, 5))).hasToString("more than 3.3 bits");
  }
}
