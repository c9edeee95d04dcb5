package firstanswer.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration file that a test writes and reads. */
record TestFile(Path path) {
  /** Line 1 of a configuration with one upstream and one table; the roles are to be filled in. */
  static final String BASE =
      "firstanswer { roles = %s, ts.ts1.table = t, ls.upstreams = [\"text://h:53\"] }\n";

  static TestFile in(Path folder) {
    return new TestFile(folder.resolve("test.conf"));
  }

  Settings read(String content) throws IOException, SettingsException {
    Files.writeString(path, content);
    return SettingsReader.read(ConfigSources.load(Optional.of(path), Map.of()));
  }

  /** The problems of a configuration that cannot be used. */
  List<String> problems(String content) {
    return catchThrowableOfType(SettingsException.class, () -> read(content)).problems();
  }

  /** The file, as problems name it. */
  @Override
  public String toString() {
    return path.toString();
  }
}
