package firstanswer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads single values. If a value cannot be read, the reader notes a problem and returns a harmless
 * value, so that one run finds all problems.
 */
final class ConfigReader {
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3})?%");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?[0-9.,]+\\s*");
  private static final String TIME = "a time with its unit, such as 5s or 500ms";
  private static final String A_LIST =
      "a list of texts such as [a, \"b:1\"], where a text with a colon needs quotes";

  private final Config config;
  private final Findings findings;

  ConfigReader(Config config, Findings findings) {
    this.config = config;
    this.findings = findings;
  }

  boolean has(String key) {
    return config.hasPath(key);
  }

  /** A file; its path is relative to the working directory. */
  Path file(String key) {
    return parsed(key, "the path of a file", Path.of(""), ConfigReader::path);
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  int whole(String key, int min, int max) {
    return read(
        key,
        String.format(Locale.ROOT, "a whole number from %d to %d", min, max),
        min,
        Config::getString,
        text ->
            WHOLE.matcher(text).matches()
                ? within(Integer.valueOf(text), min, max)
                : Optional.empty());
  }

  private static <T extends Comparable<T>> Optional<T> within(T value, T min, T max) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0
        ? Optional.of(value)
        : Optional.empty();
  }

  /** A time with its unit; the parser would take a bare number for milliseconds. */
  Duration duration(String key, Duration min, Duration max) {
    boolean bare = has(key) && NUMBER.matcher(String.valueOf(value(key))).matches();
    String range = "a time from " + written(min) + " to " + written(max);
    return read(
        key,
        bare ? TIME : range + ", such as 5s or 500ms",
        min,
        Config::getDuration,
        time -> bare ? Optional.empty() : within(time, min, max));
  }

  /** A size with its unit; the parser would take a bare number for bytes. */
  int bytes(String key, int min, int max) {
    boolean bare = has(key) && NUMBER.matcher(String.valueOf(value(key))).matches();
    return read(
            key,
            "a size with its unit, from " + written(min) + " to " + written(max),
            (long) min,
            Config::getBytes,
            size -> bare ? Optional.empty() : within(size, (long) min, (long) max))
        .intValue();
  }

  private static String written(int bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + "KiB" : (bytes >> 20) + "MiB";
  }

  /** A share, 0 to 1, written as a percentage. */
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

  private static String written(Duration time) {
    if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + "ms";
    }
    return time.toSeconds() % 3600 == 0 ? time.toHours() + "h" : time.toSeconds() + "s";
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    E[] choices = type.getEnumConstants();
    List<String> words = Arrays.stream(choices).map(ConfigReader::inLowerCase).toList();
    String meant = has(key) ? Suggestion.question(String.valueOf(value(key)), words) : "";
    return read(
        key,
        String.join(" or ", words) + meant,
        choices[0],
        Config::getString,
        word -> Arrays.stream(choices).filter(c -> inLowerCase(c).equals(word)).findFirst());
  }

  private static String inLowerCase(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** Whether {@code key} is set to exactly {@code word}. */
  boolean is(String key, String word) {
    return has(key) && word.equals(value(key));
  }

  private Object value(String key) {
    return config.getValue(key).unwrapped();
  }

  List<String> texts(String key) {
    return read(key, A_LIST, List.of(), Config::getStringList, Optional::of);
  }

  /** The texts of a list, or a single text; at least one. */
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

  /** Any value that {@code parse} makes of a text; {@code expected} describes right values. */
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
      findings.unreadable(key, expected);
    } catch (ConfigException.Missing e) {
      findings.missing(key, expected);
    } catch (ConfigException e) {
      findings.unreadable(key, expected);
    }
    return instead;
  }

  /** Notes a problem with the value of {@code key}. */
  void problem(String key, String what) {
    findings.problem(key, what);
  }

  /** Notes a warning about the value of {@code key}. */
  void warn(String key, String what) {
    findings.warn(key, what);
  }
}
