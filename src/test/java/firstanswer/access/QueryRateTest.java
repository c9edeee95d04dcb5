package firstanswer.access;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.clock.NanoClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueryRateTest {
  private static final ClientNetwork ONE = new ClientNetwork(0x1_04);
  private static final ClientNetwork TWO = new ClientNetwork(0x2_04);

  private final Clock clock = new Clock();
  private final QueryRate rate = new QueryRate(10, clock);

  @Test
  void oneSecondOfQueriesMayComeAtOnceAndNoMore() {
    assertThat(allowed(ONE, 100)).isEqualTo(10);
  }

  @Test
  void spentRateComesBackWithTime() {
    allowed(ONE, 100);
    clock.pass(Duration.ofMillis(99));
    assertThat(allowed(ONE, 100)).isZero();
    clock.pass(Duration.ofMillis(1));
    assertThat(allowed(ONE, 100)).isOne();
    clock.pass(Duration.ofMillis(450));
    assertThat(allowed(ONE, 100)).isEqualTo(4);
  }

  @Test
  void clientSavesNoMoreThanASecond() {
    allowed(ONE, 100);
    clock.pass(Duration.ofHours(1));
    assertThat(allowed(ONE, 100)).isEqualTo(10);
  }

  @Test
  void flooderGetsTheRatePlusOneSecondInAMinute() {
    int allowed = 0;
    for (int i = 0; i < 6000; i++) {
      allowed += allowed(ONE, 20);
      clock.pass(Duration.ofMillis(10));
    }
    assertThat(allowed).isBetween(600, 610);
  }

  @Test
  void clientSpendsNothingOfAnother() {
    allowed(ONE, 100);
    assertThat(allowed(TWO, 100)).isEqualTo(10);
  }

  @Test
  void clientUnderItsRateIsNeverRefused() {
    for (int i = 0; i < 1000; i++) {
      assertThat(rate.allows(ONE)).isTrue();
      clock.pass(Duration.ofMillis(100));
    }
  }

  @Test
  void forgedAddressesNeitherGrowTheMapNorFreeAFlooder() {
    allowed(ONE, 1000);
    for (int i = 0; i < 100_000; i++) {
      rate.allows(new ClientNetwork(((long) i << 8) + 0x100_0000_04L));
      if (i % 10 == 0) {
        assertThat(rate.allows(ONE)).isFalse();
      }
    }
    assertThat(rate.clients()).isLessThanOrEqualTo(32_768);
  }

  @Test
  void quietClientIsForgotten() {
    allowed(ONE, 1);
    assertThat(rate.clients()).isOne();
    clock.pass(Duration.ofSeconds(1));
    assertThat(rate.clients()).isZero();
  }

  private int allowed(ClientNetwork client, int queries) {
    int allowed = 0;
    for (int i = 0; i < queries; i++) {
      allowed += rate.allows(client) ? 1 : 0;
    }
    return allowed;
  }

  private static final class Clock implements NanoClock {
    private long nanos = 1;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
