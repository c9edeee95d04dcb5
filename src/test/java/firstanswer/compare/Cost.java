package firstanswer.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The resources that a process has used since its start, from {@code /proc}.
 *
 * @param cpuSeconds in user mode and in the kernel, with ended child processes, to a hundredth
 * @param sleeps how often a thread went to sleep, of the threads that live
 * @param residentBytes of memory, now
 */
record Cost(double cpuSeconds, long sleeps, long residentBytes) {
  private static final double TICKS_A_SECOND = 100;

  /**
   * In {@code /proc/PID/stat}, counted behind the name, which may have spaces: in user mode, in the
   * kernel, and both of child processes that have ended.
   */
  private static final int FIRST_TICKS = 11;

  private static final int LAST_TICKS = 14;
  private static final Pattern SLEEPS = Pattern.compile("(?m)^voluntary_ctxt_switches:\\s+(\\d+)$");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  static Cost of(long pid) throws IOException {
    Path process = Path.of("/proc", String.valueOf(pid));
    String stat = Files.readString(process.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = 0;
    for (int field = FIRST_TICKS; field <= LAST_TICKS; field++) {
      ticks += Double.parseDouble(fields[field]);
    }
    long sleeps = 0;
    for (Path thread : threads(process)) {
      sleeps += sleeps(thread);
    }
    MatchResult resident =
        RESIDENT.matcher(Files.readString(process.resolve("status"))).results().findFirst().get();
    return new Cost(ticks / TICKS_A_SECOND, sleeps, Long.parseLong(resident.group(1)) * 1024);
  }

  private static List<Path> threads(Path process) throws IOException {
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      return threads.toList();
    }
  }

  private static long sleeps(Path thread) {
    try {
      return SLEEPS
          .matcher(Files.readString(thread.resolve("status")))
          .results()
          .mapToLong(match -> Long.parseLong(match.group(1)))
          .sum();
    } catch (IOException e) {
      // Ended meanwhile.
      return 0;
    }
  }
}
