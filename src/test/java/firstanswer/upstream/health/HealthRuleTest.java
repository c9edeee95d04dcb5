package firstanswer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.config.HealthSettings;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRuleTest {
  private static final HealthSettings SETTINGS =
      new HealthSettings(2, 4, Duration.ofSeconds(1), Duration.ofSeconds(15), 5);

  private final HealthRule monitor = new HealthRule(SETTINGS);

  /** Events, and the state after them: g is a good answer, f a failure, l no answer in time. */
  @ParameterizedTest
  @CsvSource({
    "'', UP",
    "g, UP",
    "l, UP",
    "ll, SUSPECT",
    "lll, SUSPECT",
    "llll, DOWN",
    "lllllll, DOWN",
    "lllgl, UP",
    "lglglglg, UP",
    "llllg, UP",
    "llllf, SUSPECT",
    "llllfg, UP",
    "f, UP",
    "ff, SUSPECT",
    "ffffffff, SUSPECT",
    "ffg, UP",
    "fgfg, UP",
    "fflll, SUSPECT",
    "ffllll, DOWN",
    "lllfl, SUSPECT",
  })
  void eventsLeadToState(String events, State state) {
    events.chars().forEach(this::happen);
    assertThat(monitor.health().state()).isEqualTo(state);
    assertThat(monitor.health().reason().isEmpty()).isEqualTo(state == State.UP);
    assertThat(monitor.health().counts()).isEqualTo(state != State.DOWN);
  }

  private void happen(int event) {
    switch (event) {
      case 'g' -> monitor.onGood();
      case 'f' -> monitor.onFailure("SERVFAIL");
      default -> monitor.onLate();
    }
  }

  @Test
  void everyChangeIsReturnedOnce() {
    assertThat(monitor.onGood()).isEmpty();
    assertThat(monitor.onLate()).isEmpty();
    assertThat(monitor.onLate()).hasValueSatisfying(h -> assertThat(h.reason()).isEqualTo("late"));
    assertThat(monitor.onLate()).isEmpty();
    assertThat(monitor.onLate())
        .hasValueSatisfying(h -> assertThat(h.reason()).isEqualTo("no answer in time"));
    assertThat(monitor.onLate()).isEmpty();
    assertThat(monitor.onFailure("SERVFAIL"))
        .hasValueSatisfying(h -> assertThat(h.reason()).isEqualTo("SERVFAIL"));
    assertThat(monitor.onFailure("SERVFAIL")).isEmpty();
    assertThat(monitor.onGood()).contains(Health.UP);
    assertThat(monitor.onGood()).isEmpty();
  }
}
