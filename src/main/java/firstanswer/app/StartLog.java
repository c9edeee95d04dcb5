package firstanswer.app;

import com.typesafe.config.Config;
import firstanswer.config.Settings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first line of the log: the roles of the process, and its configuration. */
final class StartLog {
  private static final Logger LOG = LoggerFactory.getLogger(StartLog.class);

  private StartLog() {}

  /** Writes the line if the process serves; a batch alone leaves the screen to its answers. */
  static void write(Optional<Path> file, Config config, Settings settings) {
    if (serves(settings)) {
      LOG.info(
          "{}: {}; roles {}{}",
          Main.Version.line(),
          file.map(path -> "configuration " + path).orElse("no configuration file"),
          String.join(", ", config.getStringList("firstanswer.roles")),
          upstreams(settings));
      if (!settings.tableServers().isEmpty() && HangUp.isIgnored()) {
        LOG.warn("SIGHUP is ignored here, as under nohup, and reloads no table; start with setsid");
      }
    }
  }

  /** Whether the process has another role than the client's. */
  static boolean serves(Settings settings) {
    return !settings.tableServers().isEmpty() || settings.loadBalancer().isPresent();
  }

  private static String upstreams(Settings settings) {
    return settings
        .loadBalancer()
        .map(
            ls ->
                ls.upstreams().stream()
                    .map(upstream -> upstream.address().name())
                    .collect(Collectors.joining(", ", "; upstreams ", "")))
        .orElse("");
  }
}
