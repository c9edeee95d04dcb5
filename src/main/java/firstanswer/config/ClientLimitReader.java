package firstanswer.config;

import java.util.Optional;

/** Reads the limits for the clients of the load balancer. */
final class ClientLimitReader {
  private static final String OFF = "off";

  private final ConfigReader reader;
  private final String key;

  /** Reads keys that begin with {@code key}. */
  ClientLimitReader(ConfigReader reader, String key) {
    this.reader = reader;
    this.key = key;
  }

  ClientLimitSettings read() {
    return new ClientLimitSettings(
        allowed(),
        Optional.of(reader.whole(key + "client-max-in-flight", 1, SettingsReader.MAX_COUNT)),
        rate());
  }

  private AccessList allowed() {
    return AccessList.parse(reader.texts(key + "allow"))
        .orElseGet(
            () -> {
              reader.problem(
                  key + "allow", "expected networks such as 192.0.2.0/24, addresses, or any");
              return AccessList.ANYBODY;
            });
  }

  private Optional<Integer> rate() {
    return reader.is(key + "client-rate", OFF)
        ? Optional.empty()
        : Optional.of(reader.whole(key + "client-rate", 1, SettingsReader.MAX_COUNT));
  }
}
