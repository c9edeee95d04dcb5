package firstanswer.upstream.text;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import firstanswer.resolver.Health;
import firstanswer.resolver.Query;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class OutageTest {
  private final TestInbox<TsProxy.HealthChanged> watcher = TestInbox.create();
  private static final Set<Query.Protocol> TEXT = EnumSet.of(Query.Protocol.TEXT);

  private final Outage outage = new Outage("ts", NOPLogger.NOP_LOGGER);

  @BeforeEach
  void watch() {
    outage.watch(new TsProxy.Watch(watcher.getRef(), TEXT));
  }

  @Test
  void theFirstLossDoesNotMakeTheServerDown() {
    outage.onLost("reset");
    outage.onEstablished();
    outage.onStable();
    outage.onLost("reset");
    assertThat(watcher.hasMessages()).isFalse();
  }

  @Test
  void aSecondLossBeforeAStableConnectionMakesTheServerDownOnce() {
    outage.onLost("reset");
    outage.onEstablished();
    outage.onLost("refused");
    outage.onLost("refused");
    expect(new Health(Health.State.DOWN, "no connection: refused"));
  }

  @Test
  void aServerThatIsDownIsUpOnceItAcceptsAConnection() {
    outage.onLost("refused");
    outage.onLost("refused");
    watcher.receiveMessage();
    outage.onEstablished();
    outage.onStable();
    expect(Health.UP);
  }

  private void expect(Health health) {
    assertThat(watcher.getAllReceived())
        .containsExactly(new TsProxy.HealthChanged(new UpstreamId("ts"), TEXT, health));
  }
}
