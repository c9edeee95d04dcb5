package firstanswer.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether the process started with SIGHUP ignored, as under {@code nohup}. */
final class HangUp {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String IGNORED = "SigIgn:";

  private HangUp() {}

  /** Whether the JVM leaves SIGHUP ignored, so that it never reaches us. */
  static boolean isIgnored() {
    try {
      return Files.exists(STATUS)
          && Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith(IGNORED))
              .map(line -> line.substring(IGNORED.length()).strip())
              .anyMatch(signals -> (Long.parseUnsignedLong(signals, 16) & 1) == 1);
    } catch (IOException e) {
      return false;
    }
  }
}
