package firstanswer.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnWatchTest {
  private final List<String> lines = new ArrayList<>();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(15).toNanos();
  private final TurnWatch watch = new TurnWatch(now, lines::add);

  @Test
  void longTurnsAreCountedAndToldOnceInTenSeconds() {
    afterSeconds(11);
    turn(100);
    assertThat(lines).isEmpty();
    turn(101);
    turn(250);
    turn(120);
    assertThat(lines).containsExactly(line(101, 1));
    afterSeconds(10);
    turn(130);
    assertThat(lines).containsExactly(line(101, 1), line(250, 4));
  }

  @Test
  void slowStartIsCountedAndNotTold() {
    turn(900);
    assertThat(lines).isEmpty();
    afterSeconds(10);
    turn(101);
    assertThat(lines).containsExactly(line(900, 2));
  }

  private void afterSeconds(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private void turn(int millis) {
    long begin = now;
    now += Duration.ofMillis(millis).toNanos();
    watch.onTurn(begin, now);
  }

  private static String line(int millis, int count) {
    return "queries were held up for "
        + millis
        + " ms by one turn of the event loop; "
        + count
        + " turns over 100 ms so far";
  }
}
