package firstanswer.upstream.text;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.LogLines;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutageLogTest {
  private final LogLines lines = new LogLines("outage-log-test");
  private final OutageLog log = new OutageLog("ts", lines.logger());

  @Test
  void outageIsLoggedOnceFromItsBeginToItsEnd() {
    lost(0);
    lost(5);
    log.down("no connection: refused");
    lost(500);
    log.over();
    log.over();
    assertThat(lines.next())
        .containsExactly(
            "WARN ts: no connection: refused; trying again",
            "WARN ts: down: no connection: refused",
            "INFO ts: connected again");
  }

  @Test
  void serverThatComesAndGoesIsLoggedOnceAMinute() {
    for (int second = 0; second < 120; second += 5) {
      lost(second);
      log.down("no connection: refused");
      log.over();
    }
    assertThat(lines.next())
        .containsExactly(
            "WARN ts: no connection: refused; trying again",
            "WARN ts: down: no connection: refused",
            "INFO ts: connected again",
            "WARN ts: no connection: refused; trying again (11 shorter outages since the last that"
                + " was logged)",
            "WARN ts: down: no connection: refused",
            "INFO ts: connected again");
  }

  @Test
  void outageThatLastsIsLoggedEvenSoonAfterAnother() {
    lost(0);
    log.over();
    lines.next();
    lost(5);
    lost(14);
    assertThat(lines.next()).isEmpty();
    lost(15);
    lost(16);
    log.over();
    assertThat(lines.next())
        .containsExactly(
            "WARN ts: no connection: refused; trying again", "INFO ts: connected again");
  }

  private void lost(int second) {
    log.lost(TimeUnit.SECONDS.toNanos(second), "refused");
  }
}
