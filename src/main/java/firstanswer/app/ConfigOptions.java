package firstanswer.app;

import com.typesafe.config.Config;
import firstanswer.config.ConfigSources;
import firstanswer.config.Settings;
import firstanswer.config.SettingsException;
import firstanswer.config.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options for the configuration, which every command takes before or after its name. */
final class ConfigOptions {
  private static final Path DEFAULT_FILE = Path.of("conf", "application.conf");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The configuration; without it, conf/application.conf if there is one.")
  private Path file;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Overrides one value of the configuration; may be repeated.")
  private Map<String, String> values = Map.of();

  /** The configuration file in use; empty if there is none. */
  Optional<Path> file() {
    if (file != null) {
      return Optional.of(file);
    }
    return Files.exists(DEFAULT_FILE) ? Optional.of(DEFAULT_FILE) : Optional.empty();
  }

  /** The configuration; {@code commandLine} overrides everything else. */
  Config load(Map<String, ?> commandLine) throws CannotStart {
    return load(file(), values, commandLine);
  }

  /**
   * The configuration without a file: the defaults, {@code commandLine} and the {@code -D} options.
   */
  Config withoutFile(Map<String, ?> commandLine) throws CannotStart {
    return load(Optional.empty(), values, commandLine);
  }

  private static Config load(Optional<Path> file, Map<String, ?> values, Map<String, ?> commandLine)
      throws CannotStart {
    Map<String, Object> all = new HashMap<>(values);
    all.putAll(commandLine);
    try {
      return ConfigSources.load(file, all);
    } catch (SettingsException e) {
      throw new CannotStart(e.problems());
    }
  }

  /** The settings in {@code config}; prints their warnings. */
  static Settings settings(Config config) throws CannotStart {
    try {
      Settings settings = SettingsReader.read(config);
      settings.warnings().forEach(Console::warning);
      return settings;
    } catch (SettingsException e) {
      throw new CannotStart(e.problems());
    }
  }
}
