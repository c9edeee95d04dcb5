package firstanswer.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimersTest {
  private static final long MILLI = 1_000_000;

  /** Longer than the wheel. */
  private static final long MAX_DELAY_MILLIS = 30_000;

  private final Timers timers = new Timers(0);
  private final List<Long> run = new ArrayList<>();

  /** Starts a timer that notes its delay. */
  private Timers.Timer start(long delayMillis) {
    return timers.start(() -> run.add(delayMillis), 0, delayMillis * MILLI);
  }

  private void runDue(long nowMillis) {
    timers.runDue(nowMillis * MILLI, Runnable::run);
  }

  @Property(tries = 200)
  void eachRunsOnceWhenItIsDueAndTheEarliestFirst(
      @ForAll @Size(max = 50) List<@LongRange(min = 1, max = MAX_DELAY_MILLIS) Long> delays,
      @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 1, max = 5_000) Long> steps) {
    Timers wheel = new Timers(0);
    List<Long> ran = new ArrayList<>();
    delays.forEach(delay -> wheel.start(() -> ran.add(delay), 0, delay * MILLI));
    long now = 0;
    for (long step : steps) {
      now += step;
      long limit = now;
      wheel.runDue(now * MILLI, Runnable::run);
      assertThat(ran)
          .containsExactlyElementsOf(
              delays.stream()
                  .filter(delay -> delay <= limit)
                  .sorted(Comparator.naturalOrder())
                  .toList());
    }
  }

  @Property(tries = 200)
  void nextIsNeverLaterThanTheFirstTimer(
      @ForAll @Size(min = 1, max = 20)
          List<@LongRange(min = 1, max = MAX_DELAY_MILLIS) Long> delays,
      @ForAll @LongRange(max = 40_000) long nowMillis) {
    Timers wheel = new Timers(0);
    delays.forEach(delay -> wheel.start(() -> {}, 0, delay * MILLI));
    wheel.runDue(nowMillis * MILLI, Runnable::run);
    long first =
        delays.stream()
            .filter(delay -> delay > nowMillis)
            .mapToLong(delay -> (delay - nowMillis) * MILLI)
            .min()
            .orElse(Long.MAX_VALUE);
    assertThat(wheel.nanosToNext(nowMillis * MILLI)).isPositive().isLessThanOrEqualTo(first);
  }

  @Test
  void withoutTimersThereIsNoNext() {
    assertThat(timers.nanosToNext(0)).isEqualTo(Long.MAX_VALUE);
    start(3);
    runDue(3);
    assertThat(timers.nanosToNext(3 * MILLI)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void partOfATickCountsAsATick() {
    timers.start(() -> run.add(1L), 0, MILLI + 1);
    runDue(1);
    assertThat(run).isEmpty();
    runDue(2);
    assertThat(run).hasSize(1);
  }

  @Test
  void cancelledTimerDoesNotRun() {
    Timers.Timer cancelled = start(5);
    start(5);
    assertThat(timers.cancel(cancelled)).isTrue();
    assertThat(timers.cancel(cancelled)).isFalse();
    runDue(10);
    assertThat(run).containsExactly(5L);
  }

  @Test
  void timerMayCancelTheOnesBehindIt() {
    List<Timers.Timer> others = new ArrayList<>();
    timers.start(() -> others.forEach(timers::cancel), 0, MILLI);
    others.add(start(1));
    others.add(start(1));
    timers.start(() -> run.add(7L), 0, MILLI);
    runDue(1);
    assertThat(run).containsExactly(7L);
  }

  @Test
  void timerThatATimerStartsRunsNoEarlierThanTheNextTick() {
    timers.start(() -> timers.start(() -> run.add(0L), 3 * MILLI, 0), 0, 3 * MILLI);
    runDue(3);
    assertThat(run).isEmpty();
    runDue(4);
    assertThat(run).hasSize(1);
  }
}
