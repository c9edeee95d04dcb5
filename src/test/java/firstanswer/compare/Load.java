package firstanswer.compare;

import firstanswer.testing.NumberedNames;
import firstanswer.testing.NumberedNames.Worth;
import firstanswer.testing.OpenLoop;
import firstanswer.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Puts a forwarder under load, and measures it. */
final class Load {
  /** Queries in flight of dnsperf. */
  private static final int IN_FLIGHT = 200;

  private static final int CLIENTS = 8;
  private static final double NANOS_A_MILLI = 1e6;

  private final NumberedNames names;
  private final Path folder;
  private final Path queries;
  private final int seconds;

  /** Each measurement takes {@code seconds}; files go to {@code folder}. */
  Load(NumberedNames names, Path folder, int seconds) throws IOException {
    this.names = names;
    this.folder = folder;
    this.seconds = seconds;
    this.queries =
        Files.write(
            folder.resolve("queries.txt"),
            IntStream.range(0, names.count())
                .mapToObj(i -> "n" + i + "." + NumberedNames.ORIGIN + " A")
                .toList());
  }

  /** As many queries as the forwarder answers. */
  Figures most(Contender forwarder, String... options) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("-s", "127.0.0.1", "-p", String.valueOf(forwarder.port()), "-d"));
    arguments.addAll(List.of(queries.toString(), "-l", String.valueOf(seconds)));
    arguments.addAll(List.of("-c", String.valueOf(CLIENTS), "-q", String.valueOf(IN_FLIGHT)));
    arguments.addAll(List.of(options));
    Cost before = Cost.of(forwarder.pid());
    String report = Tool.run(folder, "dnsperf", arguments.toArray(String[]::new));
    Cost after = Cost.of(forwarder.pid());
    double answered = figure(report, "Queries completed");
    return new Figures(
        figure(report, "Queries per second"),
        (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / answered,
        (after.sleeps() - before.sleeps()) / answered,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        figure(report, "Queries lost"),
        Double.NaN);
  }

  private static double figure(String report, String name) throws IOException {
    Matcher line = Pattern.compile(name + ":\\s+([0-9.]+)").matcher(report);
    if (!line.find()) {
      throw new IOException("no \"" + name + "\" in: " + report);
    }
    return Double.parseDouble(line.group(1));
  }

  /** Queries at fixed times. */
  Figures steady(Contender forwarder, int queriesPerSecond)
      throws IOException, InterruptedException {
    Cost before = Cost.of(forwarder.pid());
    int asked = seconds * queriesPerSecond;
    OpenLoop.Outcome outcome = OpenLoop.run(forwarder.port(), names, asked, queriesPerSecond);
    Cost after = Cost.of(forwarder.pid());
    int right = outcome.told().getOrDefault(Worth.RIGHT, 0);
    return new Figures(
        right / (double) seconds,
        (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / asked,
        (after.sleeps() - before.sleeps()) / (double) asked,
        outcome.nanos().getValueAtPercentile(50) / NANOS_A_MILLI,
        outcome.nanos().getValueAtPercentile(99) / NANOS_A_MILLI,
        outcome.nanos().getValueAtPercentile(99.9) / NANOS_A_MILLI,
        outcome.lost(),
        outcome.told().getOrDefault(Worth.WRONG, 0));
  }
}
