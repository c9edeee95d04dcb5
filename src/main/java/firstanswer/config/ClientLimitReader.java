package firstanswer.config;

import java.util.List;
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
    List<String> texts = reader.texts(key + "allow");
    if (texts.isEmpty()) {
      reader.problem(key + "allow", "expected networks, addresses, or any");
    }
    texts.stream()
        .flatMap(text -> AccessList.problem(text).stream())
        .forEach(problem -> reader.problem(key + "allow", problem));
    return AccessList.parse(texts).orElse(AccessList.ANYBODY);
  }

  private Optional<Integer> rate() {
    return reader.is(key + "client-rate", OFF)
        ? Optional.empty()
        : Optional.of(reader.whole(key + "client-rate", 1, SettingsReader.MAX_COUNT));
  }
}
