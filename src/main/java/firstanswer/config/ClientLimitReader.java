package firstanswer.config;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the limits for the clients of one server. */
final class ClientLimitReader {
  private static final String OFF = "off";

  private final ConfigReader reader;
  private final UnaryOperator<String> place;

  /**
   * Reads each key where {@code place} says.
   *
   * @param place turns the name of a key into its whole path
   */
  ClientLimitReader(ConfigReader reader, UnaryOperator<String> place) {
    this.reader = reader;
    this.place = place;
  }

  ClientLimitSettings read() {
    return new ClientLimitSettings(
        allowed(),
        Optional.of(reader.whole(place.apply("client-max-in-flight"), 1, SettingsReader.MAX_COUNT)),
        rate("client-rate"),
        rate("refused-rate"));
  }

  private AccessList allowed() {
    String key = place.apply("allow");
    List<String> texts = reader.texts(key);
    if (texts.isEmpty()) {
      reader.problem(key, "expected networks, addresses, or any");
    }
    texts.stream()
        .flatMap(text -> AccessList.problem(text).stream())
        .forEach(problem -> reader.problem(key, problem));
    return AccessList.parse(texts).orElse(AccessList.ANYBODY);
  }

  /** A number per second; empty for the word {@code off}. */
  private Optional<Integer> rate(String name) {
    String key = place.apply(name);
    return reader.is(key, OFF)
        ? Optional.empty()
        : Optional.of(reader.whole(key, 1, SettingsReader.MAX_COUNT));
  }
}
