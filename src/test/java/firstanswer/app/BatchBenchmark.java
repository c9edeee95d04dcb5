package firstanswer.app;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.KillSwitches;
import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import firstanswer.client.BatchStream;
import firstanswer.client.LookUp;
import firstanswer.client.ResultFormat;
import firstanswer.client.ResultOutput;
import firstanswer.codec.text.Framing;
import firstanswer.config.Settings;
import firstanswer.testing.Median;
import firstanswer.transport.OpenListener;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Known names through one client connection and one load balancer with two table servers, all in
 * this JVM: names/s and CPU seconds per million names, of the client and the servers together.
 *
 * <p>{@code mvn -q test-compile exec:exec@benchmark}
 */
final class BatchBenchmark {
  private static final int NAMES = 200_000;
  private static final int WARM_UP_RUNS = 5;
  private static final int RUNS = 9;

  private BatchBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("firstanswer-benchmark");
    List<String> names = IntStream.range(0, NAMES).mapToObj(BatchBenchmark::name).toList();
    Config config = new ConfigOptions().withoutFile(configuration(folder));
    Settings settings = ConfigOptions.settings(config);
    CompletableFuture<OpenListener> bound = new CompletableFuture<>();
    ActorSystem<?> system =
        ActorSystem.create(
            Behaviors.setup(
                context -> {
                  Wiring wiring =
                      new Wiring(context, settings, Tables.read(settings.tableServers()));
                  wiring.listeners().get(0).binding().get().thenAccept(bound::complete);
                  return Behaviors.ignore();
                }),
            "benchmark",
            config);
    LookUp lookUp =
        LookUp.overText(
            new LookUp.TextServer(
                bound.get().address(), Framing.LINE, 16384, Duration.ofSeconds(10)),
            system);
    System.out.printf(
        "JDK %s, %d processors, %d names, %d runs after %d to warm up%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), NAMES, RUNS, WARM_UP_RUNS);
    for (int run = 0; run < WARM_UP_RUNS; run++) {
      measure(system, lookUp, names);
    }
    double[][] measured = new double[RUNS][];
    for (int run = 0; run < RUNS; run++) {
      measured[run] = measure(system, lookUp, names);
      print("run " + (run + 1), measured[run][0], measured[run][1]);
    }
    print("median", median(measured, 0), median(measured, 1));
    system.terminate();
  }

  private static Map<String, ?> configuration(Path folder) throws Exception {
    for (int server = 0; server < 2; server++) {
      int half = server;
      List<String> lines =
          IntStream.range(0, NAMES)
              .filter(i -> i % 2 == half)
              .mapToObj(i -> name(i) + " 192.0.2." + (i & 255) + " A")
              .toList();
      Files.write(folder.resolve("ts" + (server + 1) + ".txt"), lines);
    }
    return Map.of(
        "firstanswer.roles", List.of("ts1", "ts2", "ls"),
        "firstanswer.ts.ts1.table", folder.resolve("ts1.txt").toString(),
        "firstanswer.ts.ts2.table", folder.resolve("ts2.txt").toString(),
        "firstanswer.ls.text", "127.0.0.1:0",
        "firstanswer.ls.upstreams", List.of("ts1", "ts2"));
  }

  private static String name(int i) {
    return "host" + i + ".example.org";
  }

  /** Names a second, CPU seconds per million names. */
  private static double[] measure(ActorSystem<?> system, LookUp lookUp, List<String> names)
      throws Exception {
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    ResultOutput output =
        new ResultOutput(ResultFormat.TEXT, List.of(Writer.nullWriter()), done -> {});
    BatchStream.run(names::iterator, lookUp, output, KillSwitches.shared("never used"), system)
        .toCompletableFuture()
        .get();
    if (!output.tally().allAnswered()) {
      throw new IllegalStateException("not all names were answered");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (process.getProcessCpuTime() - cpu) / 1e9;
    return new double[] {NAMES / seconds, cpuSeconds * 1e6 / NAMES};
  }

  private static double median(double[][] measured, int column) {
    return Median.of(Arrays.stream(measured).mapToDouble(m -> m[column]).toArray());
  }

  private static void print(String label, double namesPerSecond, double cpuSeconds) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f names/s, %.1f CPU s per million names%n",
        label,
        namesPerSecond,
        cpuSeconds);
  }
}
