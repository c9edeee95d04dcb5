package firstanswer.upstream.text;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import firstanswer.resolver.Health;
import firstanswer.resolver.Query;
import firstanswer.resolver.UpstreamId;
import firstanswer.testing.TextSettings;
import firstanswer.tsproxy.TsProxy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class OutageTest {
  private static final Set<Query.Protocol> TEXT = EnumSet.of(Query.Protocol.TEXT);
  private static final Health DOWN = new Health(Health.State.DOWN, "no connection: refused");

  private final TestInbox<TsProxy.HealthChanged> watcher = TestInbox.create();
  private long now;
  private final Outage outage =
      new Outage("ts", TextSettings.OUTAGE, () -> now, NOPLogger.NOP_LOGGER);

  @BeforeEach
  void watch() {
    outage.watch(new TsProxy.Watch(watcher.getRef(), TEXT));
  }

  @Test
  void watcherHearsOfEachChangeOnce() {
    refusedFor(600);
    outage.onEstablished();
    outage.onStable();
    expect(DOWN, Health.UP);
  }

  @Test
  void watcherHearsNothingOfAShortOutage() {
    refusedFor(400);
    outage.onEstablished();
    outage.onStable();
    expect();
  }

  @Test
  void watcherThatComesLaterHearsThatTheServerIsDown() {
    refusedFor(600);
    TestInbox<TsProxy.HealthChanged> later = TestInbox.create();
    outage.watch(new TsProxy.Watch(later.getRef(), TEXT));
    assertThat(later.getAllReceived()).containsExactly(changed(DOWN));
  }

  @Test
  void serverThatCannotBeReachedIsDownInTime() {
    outage.onTry();
    now += outage.untilJudged().orElseThrow().toNanos();
    outage.onTime();
    expect(new Health(Health.State.DOWN, "no connection: "));
    assertThat(outage.untilJudged()).isEmpty();
  }

  private void refusedFor(int millis) {
    for (int i = 0; i <= millis; i += 100) {
      outage.onTry();
      outage.onLost(true, "refused");
      now += TimeUnit.MILLISECONDS.toNanos(100);
    }
  }

  private void expect(Health... changes) {
    assertThat(watcher.getAllReceived())
        .containsExactly(
            Arrays.stream(changes).map(OutageTest::changed).toArray(TsProxy.HealthChanged[]::new));
  }

  private static TsProxy.HealthChanged changed(Health health) {
    return new TsProxy.HealthChanged(new UpstreamId("ts"), TEXT, health);
  }
}
