package firstanswer.testing;

import firstanswer.config.KeepAliveSettings;
import firstanswer.config.OutageSettings;
import firstanswer.config.TextUpstreamSettings;
import java.time.Duration;

/** Settings of text upstreams. Those of outages and of keep-alive are the defaults. */
public final class TextSettings {
  public static final OutageSettings OUTAGE =
      new OutageSettings(
          Duration.ofMillis(500),
          Duration.ofMillis(2500),
          Duration.ofSeconds(1),
          Duration.ofMillis(1200));

  public static final KeepAliveSettings KEEP_ALIVE =
      new KeepAliveSettings(Duration.ofSeconds(5), Duration.ofSeconds(1), 3);

  private TextSettings() {}

  public static TextUpstreamSettings of(
      Duration bareGap, int maxPending, Duration reconnectMin, Duration reconnectMax) {
    return new TextUpstreamSettings(
        Duration.ofMillis(20),
        bareGap,
        maxPending,
        Duration.ofSeconds(2),
        reconnectMin,
        reconnectMax,
        OUTAGE,
        KEEP_ALIVE);
  }
}
