package firstanswer.testing;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The resources that a Java process holds after it has collected its garbage; needs {@code jcmd}
 * and {@code /proc}.
 *
 * @param heapBytes of objects that live
 * @param counts of sockets, other open files, threads but for those that the virtual machine starts
 *     and ends for its compilers and collector as it likes, and the instances of some classes by
 *     their simple names
 */
public record ProcessUsage(long heapBytes, Map<String, Long> counts) {
  /** A line of the histogram: its place, instances, bytes, class, and perhaps the module. */
  private static final Pattern CLASS =
      Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+)  (\\S+)(?: \\(.*\\))?$");

  private static final Pattern THREAD_OF_THE_MACHINE = Pattern.compile("^(C[12] |GC |G1 )");

  /** Skips the test unless the figures can be had here. */
  public static void assumeAvailable() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "no /proc/self/fd");
    Tool.assumeInstalled("jcmd");
  }

  /**
   * Of the process {@code pid} now.
   *
   * @param folder for what jcmd prints
   * @param classes whose instances are counted
   */
  public static ProcessUsage of(Path folder, long pid, String... classes)
      throws IOException, InterruptedException {
    // First, as it opens a socket and starts a thread there.
    String histogram = Tool.run(folder, "jcmd", String.valueOf(pid), "GC.class_histogram");
    List<MatchResult> lines = CLASS.matcher(histogram).results().toList();
    if (lines.isEmpty()) {
      throw new IOException(histogram);
    }
    Map<String, Long> counts = new TreeMap<>();
    for (String name : classes) {
      counts.put(
          name.replaceFirst(".*[.$]", ""),
          lines.stream()
              .filter(line -> line.group(3).equals(name))
              .mapToLong(line -> Long.parseLong(line.group(1)))
              .sum());
    }
    Path process = Path.of("/proc", String.valueOf(pid));
    counts.put("sockets", count(process.resolve("fd"), ProcessUsage::isSocket));
    counts.put("files", count(process.resolve("fd"), file -> !isSocket(file)));
    counts.put("threads", count(process.resolve("task"), ProcessUsage::isOurs));
    long heapBytes = lines.stream().mapToLong(line -> Long.parseLong(line.group(2))).sum();
    return new ProcessUsage(heapBytes, counts);
  }

  private static long count(Path folder, Predicate<Path> which) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(which).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      // Closed meanwhile.
      return false;
    }
  }

  private static boolean isOurs(Path task) {
    try {
      return !THREAD_OF_THE_MACHINE.matcher(Files.readString(task.resolve("comm"))).find();
    } catch (IOException e) {
      // Ended meanwhile.
      return false;
    }
  }

  /** Each figure, and what it has become. */
  public String to(ProcessUsage after) {
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue() + " -> " + after.counts.get(e.getKey()))
        .collect(joining(", ", "heap %d -> %d KB, ".formatted(kilobytes(), after.kilobytes()), ""));
  }

  private long kilobytes() {
    return heapBytes / 1024;
  }
}
