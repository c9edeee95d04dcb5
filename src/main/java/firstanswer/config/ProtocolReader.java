package firstanswer.config;

import java.time.Duration;

/** Reads the settings of each protocol. */
final class ProtocolReader {
  private static final int MAX_SOCKETS = 256;

  /** The most keep-alive requests that Linux allows (tcp(7)). */
  private static final int MAX_KEEP_ALIVES = 127;

  private static final double MIN_UNSENT_SHARE = 0.01;

  /** Room for the longest answer. */
  private static final int MIN_UNSENT_BYTES = 64 << 10;

  private static final int MAX_UNSENT_BYTES = 1 << 30;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ConfigReader reader;

  ProtocolReader(ConfigReader reader) {
    this.reader = reader;
  }

  ProtocolSettings read() {
    return new ProtocolSettings(
        maxUnsent(), textListener(), dnsListener(), textUpstream(), dnsUpstream());
  }

  private double maxUnsent() {
    String key = "firstanswer.max-unsent";
    double share = reader.percent(key);
    if (share < MIN_UNSENT_SHARE) {
      reader.problem(key, "expected at least 1%");
    }
    return share;
  }

  private TextListenerSettings textListener() {
    String key = "firstanswer.text-listener.";
    return new TextListenerSettings(
        reader.duration(key + "rest", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(
            key + "rest-after-newline", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        limits(key));
  }

  private TextUpstreamSettings textUpstream() {
    String key = "firstanswer.text-upstream.";
    return new TextUpstreamSettings(
        reader.duration(key + "bare-rest", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(key + "bare-gap", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.whole(key + "max-pending", 1, SettingsReader.MAX_COUNT),
        reader.duration(key + "connect-timeout", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(key + "reconnect-min", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(key + "reconnect-max", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        outage(key),
        keepAlive(key + "keep-alive-"));
  }

  private OutageSettings outage(String key) {
    return new OutageSettings(
        reader.duration(key + "refused-for", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(key + "unreached-for", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(key + "probe-after", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(key + "probe-timeout", SettingsReader.MILLISECOND, SettingsReader.MINUTE));
  }

  private KeepAliveSettings keepAlive(String key) {
    return new KeepAliveSettings(
        reader.duration(key + "idle", SECOND, SettingsReader.MINUTE),
        reader.duration(key + "interval", SECOND, SettingsReader.MINUTE),
        reader.whole(key + "count", 1, MAX_KEEP_ALIVES));
  }

  private DnsListenerSettings dnsListener() {
    String key = "firstanswer.dns-listener.";
    return new DnsListenerSettings(
        reader.duration(key + "message-timeout", SettingsReader.MILLISECOND, SettingsReader.DAY),
        limits(key));
  }

  private ListenerLimits limits(String key) {
    return new ListenerLimits(
        reader.whole(key + "max-connections", 1, SettingsReader.MAX_COUNT),
        reader.whole(key + "max-connections-per-client", 1, SettingsReader.MAX_COUNT),
        reader.whole(key + "max-in-flight", 1, SettingsReader.MAX_COUNT),
        reader.whole(key + "max-in-flight-per-connection", 2, SettingsReader.MAX_COUNT),
        reader.bytes(key + "max-unsent-per-connection", MIN_UNSENT_BYTES, MAX_UNSENT_BYTES),
        reader.duration(key + "idle-timeout", SettingsReader.MILLISECOND, SettingsReader.DAY),
        reader.duration(key + "write-timeout", SettingsReader.MILLISECOND, SettingsReader.DAY));
  }

  private DnsUpstreamSettings dnsUpstream() {
    String key = "firstanswer.dns-upstream.";
    return new DnsUpstreamSettings(
        reader.whole(key + "sockets", 1, MAX_SOCKETS),
        reader.whole(key + "max-pending", 1, SettingsReader.MAX_COUNT),
        reader.duration(key + "retransmit-min", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(key + "retransmit-max", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(key + "connect-timeout", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.duration(key + "idle-timeout", SettingsReader.MILLISECOND, SettingsReader.DAY),
        reader.duration(key + "resolve-interval", SECOND, SettingsReader.DAY),
        new HealthSettings(
            reader.whole(key + "suspect-after", 1, SettingsReader.MAX_COUNT),
            reader.duration(key + "down-after", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
            reader.duration(key + "probe-min", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
            reader.duration(key + "probe-max", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
            reader.whole(key + "queries-between-probes", 0, SettingsReader.MAX_COUNT)),
        reader.choice(key + "question-case", QuestionCase.class));
  }
}
