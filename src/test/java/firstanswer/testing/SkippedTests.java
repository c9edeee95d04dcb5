package firstanswer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Collects which tests were skipped, and why, so that a build ends with one line that says so.
 * JUnit finds the listener by its service file; the build runs {@link #main} at the end.
 */
public final class SkippedTests implements TestExecutionListener {
  /** The file for the tests of this JVM; without this property, nothing is collected. */
  private static final String FILE_PROPERTY = "skipped.tests";

  private static final String ASSUMPTION = "Assumption failed: ";

  /** Classes by the reason. */
  private final Map<String, Set<String>> classes = new TreeMap<>();

  private final Path file;

  /** For JUnit. */
  public SkippedTests() {
    this(
        System.getProperty(FILE_PROPERTY) == null
            ? null
            : Path.of(System.getProperty(FILE_PROPERTY)));
  }

  /** A listener that writes to {@code file}, or nowhere if that is null. */
  SkippedTests(Path file) {
    this.file = file;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    add(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      add(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason"));
    }
  }

  private synchronized void add(TestIdentifier test, String reason) {
    String name = test.getSource().map(SkippedTests::className).orElse(test.getDisplayName());
    String first = reason.lines().findFirst().orElse("no reason").replace(ASSUMPTION, "");
    classes.computeIfAbsent(first, key -> new TreeSet<>()).add(name);
  }

  private static String className(TestSource source) {
    String name =
        source instanceof MethodSource method
            ? method.getClassName()
            : source instanceof ClassSource type ? type.getClassName() : source.toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    if (file == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    classes.forEach((reason, names) -> lines.add(reason + " (" + String.join(", ", names) + ")"));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints one line for the {@code files} that listeners have written, or nothing. */
  public static void main(String[] files) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (String name : files) {
      Path file = Path.of(name);
      if (Files.exists(file)) {
        reasons.addAll(Files.readAllLines(file));
        // A build that runs no tests must not repeat what an earlier one has skipped.
        Files.delete(file);
      }
    }
    if (!reasons.isEmpty()) {
      System.out.println("Skipped tests: " + String.join("; ", reasons));
    }
  }
}
