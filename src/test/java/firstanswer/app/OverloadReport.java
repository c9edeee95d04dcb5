package firstanswer.app;

import firstanswer.testing.Jar;
import firstanswer.testing.Nsd;
import firstanswer.testing.Tool;
import firstanswer.testing.UdpLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The packaged jar in front of two NSD servers when it is asked too much: what a client hears while
 * another floods, and what becomes of memory and answers when all of them do.
 *
 * <p>{@code mvn -q -DskipTests package exec:exec@overload -Doverload.seconds=60}
 */
final class OverloadReport {
  private static final int NAMES = 10_000;
  private static final int RATE = 1000;
  private static final int FLOOD = Integer.getInteger("overload.flood", 20_000);
  private static final int MODEST = 200;
  private static final int ROUNDS = Integer.getInteger("overload.rounds", 5);
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final int OVERLOAD = Integer.getInteger("overload.rate", 100_000);
  private static final Duration OVERLOAD_TIME =
      Duration.ofSeconds(Integer.getInteger("overload.seconds", 60));
  private static final Pattern HEAP_USED =
      Pattern.compile("total (?:reserved )?\\d+K,(?: committed \\d+K,)? used (\\d+)K");

  private final Path folder;
  private final List<byte[]> queries;

  private OverloadReport(Path folder) throws IOException {
    this.folder = folder;
    this.queries = IntStream.range(0, NAMES).mapToObj(i -> query("n" + i)).toList();
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("firstanswer-overload");
    try (Nsd even = nsd(folder, 0);
        Nsd odd = nsd(folder, 1)) {
      OverloadReport report = new OverloadReport(folder);
      System.out.printf(
          "JDK %s, %d processors, which the clients and two NSD share%n",
          Runtime.version(), Runtime.getRuntime().availableProcessors());
      report.flood(even, odd);
      report.overload(even, odd);
    }
  }

  private static Nsd nsd(Path folder, int half) throws IOException, InterruptedException {
    String zone =
        IntStream.range(0, NAMES)
            .filter(i -> i % 2 == half)
            .mapToObj(i -> "n" + i + " A 192.0.2.1\n")
            .collect(
                Collectors.joining(
                    "", "$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\n", ""));
    return Nsd.start(
        Files.createDirectory(folder.resolve("nsd" + half)), Map.of("split.example", zone));
  }

  private static byte[] query(String name) {
    try {
      Name full = Name.fromString(name + ".split.example.");
      return Message.newQuery(Record.newRecord(full, Type.A, DClass.IN)).toWire();
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** One client asks modestly, by itself and while another floods, in turns. */
  private void flood(Nsd even, Nsd odd) throws Exception {
    try (Jar jar = balancer(even, odd, "-Dfirstanswer.ls.client-rate=" + RATE)) {
      int port = jar.ready().get("ls.dns");
      modest(port).join();
      flooding(port).join();
      List<Double> alone = new ArrayList<>();
      List<Double> beside = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        UdpLoad.Result quiet = modest(port).join();
        alone.add(p99Millis(quiet));
        long cpu = cpuMillis(jar);
        CompletableFuture<UdpLoad.Result> other = flooding(port);
        UdpLoad.Result disturbed = modest(port).join();
        beside.add(p99Millis(disturbed));
        print("alone", quiet);
        print("beside a flood", disturbed);
        print("the flood", other.join());
        System.out.printf("CPU of both: %d ms%n", cpuMillis(jar) - cpu);
      }
      System.out.printf(
          Locale.ROOT,
          "medians: p99 of %d q/s alone %.2f ms, while another sends %d q/s %.2f ms: %.2f times%n",
          MODEST,
          median(alone),
          FLOOD,
          median(beside),
          median(beside) / median(alone));
      jar.terminate();
      jar.status();
      System.out.print(jar.errors());
    }
  }

  private static double p99Millis(UdpLoad.Result result) {
    return result.latencies().getValueAtPercentile(99) / 1e3;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private CompletableFuture<UdpLoad.Result> modest(int port) throws IOException {
    return UdpLoad.start(port, List.of("127.0.0.2"), queries, MODEST, ROUND);
  }

  private CompletableFuture<UdpLoad.Result> flooding(int port) throws IOException {
    return UdpLoad.start(port, List.of("127.0.0.1"), queries, FLOOD, ROUND);
  }

  /** Many clients send as much as they can. */
  private void overload(Nsd even, Nsd odd) throws Exception {
    List<String> many = IntStream.range(0, 100).mapToObj(i -> "127.0.1." + (i + 1)).toList();
    try (Jar jar = balancer(even, odd)) {
      int port = jar.ready().get("ls.dns");
      UdpLoad.start(port, many, queries, OVERLOAD / 4, ROUND).join();
      System.out.printf("live heap before: %d MB%n", liveHeapMegabytes(jar));
      CompletableFuture<UdpLoad.Result> load =
          UdpLoad.start(port, many, queries, OVERLOAD, OVERLOAD_TIME);
      long cpu = cpuMillis(jar);
      TimeUnit.MILLISECONDS.sleep(OVERLOAD_TIME.toMillis());
      System.out.printf(
          Locale.ROOT,
          "most memory ever resident: %s; CPU %.2f of a processor%n",
          status(jar, "VmHWM"),
          (cpuMillis(jar) - cpu) / (double) OVERLOAD_TIME.toMillis());
      UdpLoad.Result after =
          UdpLoad.start(port, List.of("127.0.0.2"), queries, MODEST, Duration.ofSeconds(3)).join();
      print("overload", load.join());
      print("from its end on", after);
      System.out.printf("live heap after: %d MB%n", liveHeapMegabytes(jar));
      jar.terminate();
      jar.status();
      System.out.print(jar.errors());
    }
  }

  private Jar balancer(Nsd even, Nsd odd, String... more) throws IOException {
    return Jar.loadBalancer(folder, List.of(more), even.uri(), odd.uri());
  }

  private static void print(String label, UdpLoad.Result result) {
    Histogram micros = result.latencies();
    System.out.printf(
        Locale.ROOT,
        "%s: sent %d, answered %d, sent to TCP %d, refused or failed %d, lost %d;"
            + " answered after p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms%n",
        label,
        result.sent(),
        result.answered(),
        result.truncated(),
        result.refused(),
        result.lost(),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getValueAtPercentile(99.9) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  private long liveHeapMegabytes(Jar jar) throws Exception {
    String pid = String.valueOf(jar.pid());
    Tool.run(folder, "jcmd", pid, "GC.run");
    return HEAP_USED
            .matcher(Tool.run(folder, "jcmd", pid, "GC.heap_info"))
            .results()
            .map(MatchResult::group)
            .mapToLong(part -> Long.parseLong(part.replaceFirst(".* used (\\d+)K", "$1")))
            .sum()
        / 1024;
  }

  private static long cpuMillis(Jar jar) {
    return ProcessHandle.of(jar.pid())
        .orElseThrow()
        .info()
        .totalCpuDuration()
        .orElseThrow()
        .toMillis();
  }

  private static String status(Jar jar, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(jar.pid()), "status")).stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.replaceFirst(".*:\\s+", ""))
        .findFirst()
        .orElse("unknown");
  }
}
