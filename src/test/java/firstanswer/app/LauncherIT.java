package firstanswer.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/firstanswer}, as people call it. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherIT {
  private static final Path IMAGE = Path.of("target", "firstanswer").toAbsolutePath();
  private static final String LAUNCHER = IMAGE.resolve("bin/firstanswer").toString();
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final int NO_JAVA = 2;

  @TempDir private Path folder;

  private record Ended(int status, String output) {}

  private Ended run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  @Test
  void javaOfJavaHomeRunsItFromAnyFolderAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("fa"), Path.of(LAUNCHER));
    Ended ended = run(Map.of("JAVA_HOME", JAVA_HOME.toString()), link.toString(), "--version");
    assertThat(ended.output()).startsWith("firstanswer ").hasLineCount(1);
    assertThat(ended.status()).isZero();
  }

  @Test
  void missingJavaIsOneLine() throws Exception {
    Ended wrong = run(Map.of("JAVA_HOME", "/nowhere"), LAUNCHER, "--version");
    assertThat(wrong.output())
        .isEqualTo("firstanswer: JAVA_HOME is /nowhere, which has no bin/java\n");
    assertThat(wrong.status()).isEqualTo(NO_JAVA);
  }

  @Test
  void oldJavaIsOneLine() throws Exception {
    Path old = folder.resolve("jdk-11");
    Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.25\"\n");
    Ended ended = run(Map.of("JAVA_HOME", old.toString()), LAUNCHER, "--version");
    assertThat(ended.output())
        .isEqualTo("firstanswer: " + java + " is Java 11; 17 or later is needed\n");
    assertThat(ended.status()).isEqualTo(NO_JAVA);
  }

  /** The JVM says so if it cannot use the archive of classes. */
  @Test
  void archiveOfTheBuildFitsAndJavaOptsAdds() throws Exception {
    Ended ended =
        run(
            Map.of("JAVA_HOME", JAVA_HOME.toString(), "JAVA_OPTS", "-Xshare:on -Xlog:class+load"),
            LAUNCHER,
            "--version");
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("firstanswer.app.Main source: shared objects file")
        // Compiled for Java 5, whose classes not every kind of archive holds.
        .contains("picocli.CommandLine source: shared objects file");
  }

  @Test
  void everyLibraryHasItsLicence() throws Exception {
    try (var licences = Files.list(IMAGE.resolve("lib/licenses"))) {
      assertThat(licences.map(Path::getFileName).map(Path::toString))
          .containsAll(List.of("dnsjava-jar", "slf4j-api-jar", "akka.txt"));
    }
  }
}
