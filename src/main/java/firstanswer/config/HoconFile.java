package firstanswer.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a configuration file and the files that it includes. */
final class HoconFile {
  private HoconFile() {}

  /**
   * Reads the file; its substitutions are not resolved.
   *
   * @throws SettingsException if a file cannot be read or is not HOCON
   */
  static Config parse(Path file) throws SettingsException {
    Optional<String> problem = ReadableFile.problem(file);
    if (problem.isPresent()) {
      throw new SettingsException(List.of(file + ": " + problem.get()));
    }
    try {
      // The parser finds included files only beside a file whose path is absolute.
      return ConfigFactory.parseFile(file.toAbsolutePath().toFile(), options(file));
    } catch (ConfigException e) {
      throw new SettingsException(List.of(describe(e, file)));
    }
  }

  /** JSON is HOCON, too; the stricter reading of files named .json would only say no more often. */
  private static ConfigParseOptions options(Path file) {
    boolean properties = file.toString().endsWith(".properties");
    return ConfigParseOptions.defaults()
        .setSyntax(properties ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF)
        .setOriginDescription(file.toString())
        .setIncluder(RequiredIncludes.create());
  }

  private static String describe(ConfigException e, Path file) {
    boolean included = e.origin() != null && e.origin().filename() != null;
    Path faulty = included ? Path.of(e.origin().filename()) : file;
    return new HoconMistake(faulty, text(faulty)).describe(e);
  }

  /** Empty for a pipe, which has been read already. */
  private static String text(Path file) {
    try {
      return Files.isRegularFile(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
