package firstanswer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.config.HealthSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class ServerHealthTest {
  private static final int DOWN_AFTER = 3;
  private static final int QUERIES_BETWEEN_PROBES = 2;
  private static final Answer GOOD = Answer.Negative.NXDOMAIN;
  private static final HealthSettings SETTINGS =
      new HealthSettings(
          2, DOWN_AFTER, Duration.ofSeconds(1), Duration.ofSeconds(15), QUERIES_BETWEEN_PROBES);

  private final ServerHealth health = new ServerHealth(SETTINGS, new Random(1));

  @Test
  void questionsChangeNothing() {
    goDown();
    health.beginWait();
    for (int i = 0; i < 10; i++) {
      assertThat(health.admitsQuery()).isTrue();
      assertThat(health.needsProbe()).isFalse();
      assertThat(health.isDown()).isTrue();
    }
    ServerHealth doubtful = new ServerHealth(SETTINGS, new Random(1));
    doubtful.onLate(1);
    for (int i = 0; i < 10; i++) {
      assertThat(doubtful.needsProbe()).isTrue();
    }
  }

  @Test
  void aServerThatIsUpAdmitsEveryQuery() {
    for (int i = 0; i < 1000; i++) {
      assertThat(health.admitsQuery()).isTrue();
      health.onQuery();
    }
  }

  @Test
  void aServerThatIsDownAdmitsFewQueriesBetweenProbes() {
    goDown();
    assertThat(health.admitsQuery()).isFalse();
    for (int wait = 0; wait < 3; wait++) {
      health.beginWait();
      for (int i = 0; i < QUERIES_BETWEEN_PROBES; i++) {
        assertThat(health.admitsQuery()).isTrue();
        health.onQuery();
      }
      assertThat(health.admitsQuery()).isFalse();
    }
  }

  @Test
  void aServerInDoubtNeedsNoMoreProbesThanShowThatItIsDown() {
    assertThat(health.needsProbe()).isFalse();
    health.onLate(1);
    for (int i = 1; i < DOWN_AFTER; i++) {
      assertThat(health.needsProbe()).isTrue();
      health.onProbeInDoubt();
    }
    assertThat(health.needsProbe()).isFalse();
    health.onAnswer(GOOD, 2);
    assertThat(health.needsProbe()).isFalse();
    health.onLate(3);
    assertThat(health.needsProbe()).isTrue();
  }

  @Test
  void aLateQueryDoesNotCountIfLaterOnesWereAnswered() {
    health.onAnswer(GOOD, 5);
    for (int i = 0; i < 2 * DOWN_AFTER; i++) {
      assertThat(health.onLate(5)).isEmpty();
      assertThat(health.onLate(4)).isEmpty();
    }
    assertThat(health.health()).isEqualTo(Health.UP);
    assertThat(health.onLate(6)).isEmpty();
    assertThat(health.onLate(6)).contains(new Health(State.SUSPECT, "late"));
  }

  @Test
  void onlyServfailCountsAsFailure() {
    Answer refused = Answer.Failure.of(Rcode.REFUSED);
    for (int i = 0; i < 10; i++) {
      assertThat(health.onAnswer(refused, i)).isEmpty();
    }
    assertThat(health.onAnswer(Answer.Failure.SERVFAIL, 10)).isEmpty();
    assertThat(health.onAnswer(Answer.Failure.SERVFAIL, 11))
        .contains(new Health(State.SUSPECT, "SERVFAIL"));
  }

  @Test
  void waitsGrowAndBeginAnewWhenHealthChanges() {
    goDown();
    Duration first = health.beginWait();
    health.beginWait();
    assertThat(health.beginWait()).isGreaterThan(first.multipliedBy(2));
    assertThat(health.onAnswer(GOOD, DOWN_AFTER)).contains(Health.UP);
    goDown();
    assertThat(health.beginWait()).isLessThanOrEqualTo(SETTINGS.probeMin());
  }

  private void goDown() {
    for (int i = 0; i < DOWN_AFTER; i++) {
      health.onLate(100);
    }
    assertThat(health.isDown()).isTrue();
  }
}
