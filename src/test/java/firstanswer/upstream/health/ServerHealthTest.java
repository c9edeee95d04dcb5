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
  private static final int QUERIES_BETWEEN_PROBES = 2;
  private static final Duration DOWN_AFTER = Duration.ofSeconds(2);
  private static final Duration QUICK = Duration.ofMillis(1);
  private static final Answer GOOD = Answer.Negative.NXDOMAIN;
  private static final HealthSettings SETTINGS =
      new HealthSettings(
          2, DOWN_AFTER, Duration.ofSeconds(1), Duration.ofSeconds(15), QUERIES_BETWEEN_PROBES);

  private final ServerHealth health = new ServerHealth(SETTINGS, new Random(1));
  private long now;

  @Test
  void aServerThatIsUpAdmitsEveryQuery() {
    for (int i = 0; i < 1000; i++) {
      assertThat(health.admitsQuery()).isTrue();
      health.onQuery(now);
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
        health.onQuery(now);
      }
      assertThat(health.admitsQuery()).isFalse();
    }
  }

  @Test
  void onlyServfailCountsAsFailure() {
    Answer refused = Answer.Failure.of(Rcode.REFUSED);
    for (int i = 0; i < 10; i++) {
      assertThat(health.onAnswer(refused, QUICK, now)).isEmpty();
    }
    assertThat(health.onAnswer(Answer.Failure.SERVFAIL, QUICK, now)).isEmpty();
    assertThat(health.onAnswer(Answer.Failure.SERVFAIL, QUICK, now))
        .contains(new Health(State.SUSPECT, "SERVFAIL"));
  }

  @Test
  void waitsGrowAndBeginAnewWhenHealthChanges() {
    goDown();
    Duration first = health.beginWait();
    health.beginWait();
    assertThat(health.beginWait()).isGreaterThan(first.multipliedBy(2));
    assertThat(health.onAnswer(GOOD, QUICK, now)).contains(Health.UP);
    goDown();
    assertThat(health.beginWait()).isLessThanOrEqualTo(SETTINGS.probeMin());
  }

  @Test
  void serverThatWasOnlyToBeAskedMayBeSilentToo() {
    health.onAsked(now);
    now += DOWN_AFTER.dividedBy(2).toNanos();
    assertThat(health.onTime("silent", now)).contains(new Health(State.SUSPECT, "silent"));
    assertThat(health.health().reason()).isEqualTo("silent");
  }

  @Test
  void serverThatAnswersNeedsNoProbe() {
    health.onQuery(now);
    now += DOWN_AFTER.dividedBy(2).minusMillis(1).toNanos();
    assertThat(health.needsProbe(now)).isFalse();
    assertThat(health.onAnswer(GOOD, DOWN_AFTER, now)).isEmpty();
    assertThat(health.slowest()).isEqualTo(DOWN_AFTER);
    now += DOWN_AFTER.multipliedBy(9).toNanos();
    assertThat(health.needsProbe(now)).isFalse();
  }

  @Test
  void serverThatRefusesForHalfASecondIsDown() {
    assertThat(health.onRefused(now)).isEmpty();
    now += Duration.ofMillis(500).toNanos();
    assertThat(health.onRefused(now)).contains(new Health(State.DOWN, "refused"));
    assertThat(health.isDown()).isTrue();
  }

  private void goDown() {
    health.onQuery(now);
    now += DOWN_AFTER.dividedBy(2).toNanos();
    assertThat(health.needsProbe(now)).isTrue();
    health.onProbe();
    now += DOWN_AFTER.dividedBy(2).toNanos();
    assertThat(health.onTime("silent", now)).isPresent();
    assertThat(health.isDown()).isTrue();
  }
}
