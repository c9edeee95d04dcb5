package firstanswer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.resolver.Health;
import firstanswer.testing.TextSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The defaults: down when refused for 500 ms, or when not reached for 2.5 s. */
class ConnectionRuleTest {
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  private final ConnectionRule rule = new ConnectionRule(TextSettings.OUTAGE, START);

  @Test
  void firstLossChangesNothing() {
    connected();
    rule.onUse();
    assertThat(lost(5000)).isEmpty();
    rule.onTry(at(5100));
    assertThat(rule.onConnected()).isEmpty();
  }

  @Test
  void serverRefusedForHalfASecondIsDown() {
    assertThat(refused(0)).isEmpty();
    assertThat(refused(100)).isEmpty();
    assertThat(refused(499)).isEmpty();
    assertThat(refused(500)).contains(down("refused"));
    assertThat(refused(900)).isEmpty();
  }

  @Test
  void serverRefusedOnceIsNotDown() {
    connected();
    rule.onUse();
    assertThat(lost(10_000)).isEmpty();
    assertThat(refused(11_000)).isEmpty();
    assertThat(rule.onTime(at(11_499))).isEmpty();
    assertThat(refused(11_500)).contains(down("refused"));
  }

  @Test
  void refusalsBeforeAConnectionOfUseDoNotCount() {
    refused(0);
    connected();
    rule.onUse();
    assertThat(refused(600)).isEmpty();
  }

  @Test
  void serverThatCannotBeReachedIsDownAfterTwoAndAHalfSeconds() {
    assertThat(rule.onTime(at(2000))).isEmpty();
    assertThat(lost(2000)).isEmpty();
    rule.onTry(at(2050));
    assertThat(rule.untilJudged(at(2050))).contains(Duration.ofMillis(500));
    assertThat(rule.onTime(at(2549))).isEmpty();
    assertThat(rule.onTime(at(2550))).contains(down("lost"));
    assertThat(rule.untilJudged(at(2550))).isEmpty();
  }

  @Test
  void firstTryThatHangsIsJudgedByTheTime() {
    assertThat(rule.untilJudged(at(1000))).contains(Duration.ofMillis(1500));
    assertThat(rule.onTime(at(2499))).isEmpty();
    assertThat(rule.onTime(at(2500))).isPresent();
  }

  @Test
  void twoFailuresBeforeTheTimeAreNotEnough() {
    lost(10);
    lost(200);
    assertThat(rule.onTime(at(2499))).isEmpty();
    assertThat(rule.onTime(at(2500))).contains(down("lost"));
  }

  @Test
  void serverThatIsConnectedIsNotJudged() {
    connected();
    assertThat(rule.untilJudged(at(60_000))).isEmpty();
    assertThat(rule.onTime(at(60_000))).isEmpty();
  }

  @Test
  void serverThatIsDownIsUpAtOnceWhenItAccepts() {
    refused(0);
    refused(500);
    assertThat(rule.onConnected()).contains(Health.UP);
    assertThat(rule.onConnected()).isEmpty();
  }

  @Test
  void serverThatAlwaysHangsUpIsDownBetweenItsCalls() {
    for (int time = 0; time < 2500; time += 500) {
      connected();
      assertThat(lost(time)).isEmpty();
    }
    connected();
    assertThat(lost(2500)).contains(down("lost"));
    assertThat(rule.onConnected()).contains(Health.UP);
    assertThat(lost(3000)).contains(down("lost"));
  }

  @Test
  void serverThatAnswersAndHangsUpIsNotDown() {
    for (int time = 0; time < 10_000; time += 500) {
      connected();
      rule.onUse();
      assertThat(lost(time)).isEmpty();
    }
  }

  /** The next try has its time, for its request may be lost, too. */
  @Test
  void serverGivenUpIsDownWhenTheNextTryHasHadItsTime() {
    connected();
    rule.onUse();
    assertThat(rule.onGivenUp(at(10_000), at(12_200), "silent")).isEmpty();
    rule.onTry(at(12_200));
    assertThat(rule.untilJudged(at(12_200))).contains(Duration.ofMillis(500));
    assertThat(rule.onTime(at(12_699))).isEmpty();
    assertThat(rule.onTime(at(12_700))).contains(down("silent"));
  }

  @Test
  void serverGivenUpThatAcceptsTheNextConnectionWasNeverDown() {
    connected();
    rule.onGivenUp(at(10_000), at(12_200), "silent");
    rule.onTry(at(12_200));
    assertThat(rule.onConnected()).isEmpty();
    rule.onUse();
    assertThat(lost(12_900)).isEmpty();
  }

  @Test
  void secondFailureLeavesTheLastTryNoMoreTime() {
    lost(100);
    rule.onTry(at(2400));
    assertThat(rule.untilJudged(at(2400))).contains(Duration.ofMillis(500));
    lost(2450);
    assertThat(rule.untilJudged(at(2450))).contains(Duration.ofMillis(50));
  }

  @Test
  void serverGivenUpAfterALongSilenceIsDownAtOnce() {
    connected();
    assertThat(rule.onGivenUp(at(10_000), at(12_500), "silent")).contains(down("silent"));
  }

  private void connected() {
    assertThat(rule.onConnected()).isEmpty();
  }

  private Optional<Health> lost(int millis) {
    return rule.onLost(at(millis), false, "lost");
  }

  private Optional<Health> refused(int millis) {
    return rule.onLost(at(millis), true, "refused");
  }

  private static Health down(String reason) {
    return new Health(Health.State.DOWN, "no connection: " + reason);
  }

  /** On a clock that overflows soon after the start, as the clock of the JVM may. */
  private static long at(int millis) {
    return START + Duration.ofMillis(millis).toNanos();
  }
}
