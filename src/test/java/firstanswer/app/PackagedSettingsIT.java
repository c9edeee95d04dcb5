package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The jar has the defaults of all libraries in one file, whose order decides what overrides what.
 */
class PackagedSettingsIT {

  @Test
  void ourSettingsOfAkkaOverrideItsDefaults() throws Exception {
    URL jar = Path.of("target/firstanswer.jar").toUri().toURL();
    try (URLClassLoader packaged =
        new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(packaged);
      try {
        Object config =
            packaged
                .loadClass("firstanswer.config.ConfigSources")
                .getMethod("load", Optional.class, Map.class)
                .invoke(null, Optional.empty(), Map.of());
        assertThat(value(config, "akka.actor.default-dispatcher.throughput")).isEqualTo("64");
        assertThat(value(config, "akka.coordinated-shutdown.run-by-jvm-shutdown-hook"))
            .isEqualTo("off");
        assertThat(value(config, "akka.io.tcp.direct-buffer-size")).isEqualTo("16 KiB");
        assertThat(value(config, "akka.actor.provider")).as("a default of Akka").isEqualTo("local");
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  private static String value(Object config, String key) throws ReflectiveOperationException {
    Class<?> type = config.getClass().getClassLoader().loadClass("com.typesafe.config.Config");
    return (String) type.getMethod("getString", String.class).invoke(config, key);
  }
}
