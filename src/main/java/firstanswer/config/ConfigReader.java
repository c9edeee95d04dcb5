package firstanswer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads single values, and gathers every problem instead of stopping at the first. After a problem
 * the value read is a harmless one of the right type, so that reading can go on.
 */
final class ConfigReader {
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3})?%");
  private static final HostPort NOWHERE = new HostPort("", 0);

  private final Config config;
  private final List<String> problems = new ArrayList<>();

  ConfigReader(Config config) {
    this.config = config;
  }

  List<String> problems() {
    return problems;
  }

  boolean has(String key) {
    return config.hasPath(key);
  }

  String text(String key) {
    return read(key, "a text", "", Config::getString, Optional::of);
  }

  int whole(String key, int min, int max) {
    return read(
        key,
        String.format(Locale.ROOT, "a whole number from %d to %d", min, max),
        min,
        Config::getInt,
        n -> n >= min && n <= max ? Optional.of(n) : Optional.empty());
  }

  Duration duration(String key, Duration min, Duration max) {
    return read(
        key,
        "a time from " + written(min) + " to " + written(max) + ", such as " + written(min),
        min,
        Config::getDuration,
        d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0 ? Optional.of(d) : Optional.empty());
  }

  /** A share, 0 to 1, that is written as a percentage. */
  double percent(String key) {
    return read(
        key,
        "a percentage from 0% to 100%, such as 10%",
        0.0,
        Config::getString,
        text -> PERCENT.matcher(text).matches() ? share(text) : Optional.empty());
  }

  private static Optional<Double> share(String percentage) {
    double share = Double.parseDouble(percentage.substring(0, percentage.length() - 1)) / 100;
    return share <= 1 ? Optional.of(share) : Optional.empty();
  }

  private static String written(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    E[] choices = type.getEnumConstants();
    String expected =
        Arrays.stream(choices).map(ConfigReader::inLowerCase).collect(Collectors.joining(" or "));
    return read(
        key,
        expected,
        choices[0],
        Config::getString,
        word -> Arrays.stream(choices).filter(c -> inLowerCase(c).equals(word)).findFirst());
  }

  private static String inLowerCase(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** An address to listen at; empty for the word {@code off}. */
  Optional<HostPort> listener(String key) {
    return is(key, "off")
        ? Optional.empty()
        : Optional.of(parsed(key, "host:port, or off", NOWHERE, HostPort::parse));
  }

  /** Whether {@code key} is set to exactly {@code word}. */
  boolean is(String key, String word) {
    return has(key) && word.equals(config.getValue(key).unwrapped());
  }

  List<String> texts(String key) {
    return read(key, "a list of texts", List.of(), Config::getStringList, Optional::of);
  }

  /** A text by itself, or a list of texts; at least one. */
  List<String> textOrTexts(String key, String expected) {
    return read(
        key,
        expected,
        List.of(),
        (values, at) ->
            values.getValue(at).valueType() == ConfigValueType.LIST
                ? values.getStringList(at)
                : List.of(values.getString(at)),
        texts -> texts.isEmpty() ? Optional.empty() : Optional.of(texts));
  }

  /** Any value that {@code parse} makes of a text; {@code expected} says what would be right. */
  <T> T parsed(String key, String expected, T instead, Function<String, Optional<T>> parse) {
    return read(key, expected, instead, Config::getString, parse);
  }

  private <R, T> T read(
      String key,
      String expected,
      T instead,
      BiFunction<Config, String, R> get,
      Function<R, Optional<T>> accept) {
    try {
      Optional<T> value = accept.apply(get.apply(config, key));
      if (value.isPresent()) {
        return value.get();
      }
      problem(key, "expected " + expected);
    } catch (ConfigException.Missing e) {
      problems.add(key + " is not set: expected " + expected);
    } catch (ConfigException e) {
      problem(key, "expected " + expected);
    }
    return instead;
  }

  /** Notes what is wrong with the value of {@code key}, with the place that it comes from. */
  void problem(String key, String what) {
    ConfigValue value = config.getValue(key);
    problems.add(place(value.origin()) + ": " + key + " = " + value.unwrapped() + ": " + what);
  }

  /** Notes each key under {@code path} that is not among {@code known}. */
  void expectOnly(String path, List<String> known) {
    if (!has(path) || config.getValue(path).valueType() != ConfigValueType.OBJECT) {
      return;
    }
    config.getObject(path).entrySet().stream()
        .filter(entry -> !known.contains(entry.getKey()))
        .forEach(entry -> unknown(path, entry.getKey(), entry.getValue(), known));
  }

  private void unknown(String path, String key, ConfigValue value, List<String> known) {
    problems.add(
        String.format(
            "%s: %s.%s: unknown key; %s has %s",
            place(value.origin()), path, ConfigUtil.joinPath(key), path, String.join(", ", known)));
  }

  /** File and line the way compilers write them. */
  private static String place(ConfigOrigin origin) {
    return origin.description().replaceFirst(": (\\d+)(-\\d+)?$", ":$1");
  }
}
