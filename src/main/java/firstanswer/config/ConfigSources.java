package firstanswer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the sources of the configuration together. */
public final class ConfigSources {
  private static final String COMMAND_LINE = "command line";

  private ConfigSources() {}

  /**
   * The whole configuration. The command line overrides environment variables, which override
   * system properties, which override {@code file}, which overrides the defaults.
   *
   * @param commandLine values by key
   * @throws SettingsException if the file cannot be read or is not HOCON
   */
  public static Config load(Optional<Path> file, Map<String, ?> commandLine)
      throws SettingsException {
    try {
      ConfigFactory.invalidateCaches();
      return commandLine(commandLine)
          .withFallback(ConfigFactory.systemEnvironmentOverrides())
          .withFallback(ConfigFactory.systemProperties())
          .withFallback(file.isPresent() ? ofFile(file.get()) : ConfigFactory.empty())
          .withFallback(ConfigFactory.parseResources("akka.conf"))
          .withFallback(ConfigFactory.defaultReferenceUnresolved())
          .resolve();
    } catch (ConfigException.UnresolvedSubstitution e) {
      throw new SettingsException(List.of(HoconMistake.unresolved(e)));
    }
  }

  private static Config ofFile(Path file) throws SettingsException {
    Config config = HoconFile.parse(file);
    KnownKeys.expectOurs(config);
    return config;
  }

  private static Config commandLine(Map<String, ?> values) throws SettingsException {
    Map<String, Object> read = new HashMap<>();
    for (Map.Entry<String, ?> value : values.entrySet()) {
      expectKey(value.getKey());
      read.put(
          value.getKey(),
          value.getValue() instanceof String text ? listOrText(text) : value.getValue());
    }
    try {
      Config config = ConfigFactory.parseMap(read, COMMAND_LINE);
      KnownKeys.expectOurs(config);
      return config;
    } catch (ConfigException e) {
      throw new SettingsException(
          List.of(COMMAND_LINE + ": one -D sets a section, another a key in it; give only one"));
    }
  }

  private static void expectKey(String text) throws SettingsException {
    try {
      ConfigUtil.splitPath(text);
    } catch (ConfigException e) {
      throw new SettingsException(
          List.of(
              COMMAND_LINE
                  + ": -D"
                  + text
                  + ": is not a key; expected one such as firstanswer.ls.text"));
    }
  }

  /**
   * A list of texts that is written as in a file, or else the text itself: {@code [::1]:5300} is an
   * address, although it begins like a list.
   */
  private static Object listOrText(String text) {
    try {
      Map<String, ConfigValue> read = ConfigFactory.parseString("list = " + text).root();
      boolean list =
          text.strip().endsWith("]")
              && read.size() == 1
              && read.get("list") instanceof ConfigList items
              && items.stream().allMatch(item -> item.valueType() == ConfigValueType.STRING);
      return list ? read.get("list").unwrapped() : text;
    } catch (ConfigException e) {
      return text;
    }
  }
}
