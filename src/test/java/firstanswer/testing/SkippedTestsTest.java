package firstanswer.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Surefire takes no nested class for a test, so these run here only. */
@ResourceLock(Resources.SYSTEM_OUT)
class SkippedTestsTest {
  @TempDir private Path folder;

  static class OneMethodLacksATool {
    @Test
    void lacksATool() {
      Tool.assumeInstalled("sh", "no-such-tool");
    }

    @Test
    void passes() {}
  }

  static class WholeClassLacksSomething {
    @BeforeAll
    static void assume() {
      assumeTrue(false, "no network");
    }

    @Test
    void isNotRun() {}
  }

  static class Complete {
    @Test
    void passes() {}
  }

  @Test
  void closingLineNamesReasonsAndClasses() throws IOException {
    run("unit", OneMethodLacksATool.class, Complete.class);
    run("integration", WholeClassLacksSomething.class);
    assertThat(closingLines())
        .containsExactly(
            "Skipped tests: not installed: no-such-tool (SkippedTestsTest$OneMethodLacksATool);"
                + " no network (SkippedTestsTest$WholeClassLacksSomething)");
    assertThat(closingLines()).as("of a build without tests").isEmpty();
  }

  @Test
  void nothingSkippedPrintsNothing() throws IOException {
    run("unit", Complete.class);
    assertThat(closingLines()).isEmpty();
  }

  private void run(String file, Class<?>... classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(List.of(classes).stream().map(type -> selectClass(type)).toList())
            .build();
    LauncherConfig alone =
        LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .build();
    LauncherFactory.create(alone).execute(request, new SkippedTests(folder.resolve(file)));
  }

  private List<String> closingLines() throws IOException {
    PrintStream standardOutput = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      SkippedTests.main(
          new String[] {
            folder.resolve("unit").toString(), folder.resolve("integration").toString()
          });
    } finally {
      System.setOut(standardOutput);
    }
    return printed.toString(UTF_8).lines().toList();
  }
}
