package firstanswer.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a configuration file and the files that it includes. */
final class HoconFile {
  /** The longest configuration, 1 MiB: a hundred times the longest that makes sense. */
  private static final int MAX_BYTES = 1 << 20;

  private HoconFile() {}

  /**
   * Reads the file; its substitutions are not resolved.
   *
   * @throws SettingsException if a file cannot be read or is not HOCON
   */
  static Config parse(Path file) throws SettingsException {
    Optional<String> problem = ReadableFile.problemOfWhole(file, MAX_BYTES);
    if (problem.isPresent()) {
      throw new SettingsException(List.of(file + ": " + problem.get()));
    }
    try {
      // The parser finds included files only beside a file whose path is absolute.
      return Files.isRegularFile(file)
          ? ConfigFactory.parseFile(file.toAbsolutePath().toFile(), options(file))
          : ConfigFactory.parseString(textOfPipe(file), options(file));
    } catch (ConfigException e) {
      throw new SettingsException(List.of(describe(e, file)));
    }
  }

  private static String textOfPipe(Path pipe) throws SettingsException {
    try (InputStream in = Files.newInputStream(pipe)) {
      byte[] text = in.readNBytes(MAX_BYTES + 1);
      if (text.length > MAX_BYTES) {
        throw new SettingsException(List.of(pipe + ": has more than " + MAX_BYTES + " bytes"));
      }
      return new String(text, UTF_8);
    } catch (IOException e) {
      throw new SettingsException(List.of(pipe + ": " + e.getMessage()));
    }
  }

  /**
   * Reads any file as HOCON. JSON is HOCON, too; a stricter reading would only refuse more files.
   */
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

  /** The text of the file; empty for a pipe, which has been read already. */
  private static String text(Path file) {
    try {
      return Files.isRegularFile(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
