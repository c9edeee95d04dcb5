package firstanswer.app;

import firstanswer.testing.DelayProxy;
import firstanswer.testing.DelayProxy.Manners;
import firstanswer.testing.Dnsmasq;
import firstanswer.testing.Jar;
import firstanswer.testing.Nsd;
import firstanswer.testing.NumberedNames;
import firstanswer.testing.Tool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Whom the tail benchmark asks: a good and a bad name server with the same names, two that have
 * half of them each, and forwarders in front of these. The bad server always comes first, which is
 * to nobody's advantage.
 */
final class TailTargets implements Closeable {
  /** All there are, in the order of the report. */
  static final List<String> ALL =
      List.of(
          "good", "single", "single-bad", "race", "hedge", "fallback", "hedge-split", "dnsmasq");

  static final Manners BAD = new Manners(0.1, Duration.ofMillis(200), 0.01, 1);

  /** One whom the benchmark asks, and the servers that it asks in turn. */
  record Target(String name, int port, List<DelayProxy> upstreams) {
    /** That have reached the servers so far. */
    long upstreamQueries() {
      return upstreams.stream().mapToLong(DelayProxy::queries).sum();
    }
  }

  private final NumberedNames names;
  private final Path folder = Files.createTempDirectory("firstanswer-tail");
  private final Deque<Closeable> running = new ArrayDeque<>();
  private final DelayProxy good;
  private final DelayProxy bad;
  private final DelayProxy goodHalf;
  private final DelayProxy badHalf;

  /** Starts the name servers. */
  TailTargets(NumberedNames names) throws Exception {
    this.names = names;
    good = server("good", number -> true, Manners.GOOD);
    bad = server("bad", number -> true, BAD);
    goodHalf = server("good-half", number -> number % 2 == 0, Manners.GOOD);
    badHalf = server("bad-half", number -> number % 2 == 1, BAD);
  }

  private DelayProxy server(String name, IntPredicate held, Manners manners) throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    Nsd nsd = started(Nsd.start(own, Map.of(NumberedNames.ORIGIN, names.zone(held))));
    return started(new DelayProxy(nsd.port(), manners));
  }

  private <T extends Closeable> T started(T process) {
    running.push(process);
    return process;
  }

  /** Starts those of {@link #ALL} that are wanted and installed. */
  List<Target> start(List<String> wanted) throws Exception {
    List<Target> targets = new ArrayList<>();
    for (String name : wanted) {
      if (!name.equals("dnsmasq") || Tool.installed(name)) {
        targets.add(start(name));
      }
    }
    return targets;
  }

  private Target start(String name) throws Exception {
    return switch (name) {
      case "good" -> new Target(name, good.port(), List.of(good));
      case "single" -> firstanswer(name, "race", good);
      case "single-bad" -> firstanswer(name, "race", bad);
      case "race", "hedge", "fallback" -> firstanswer(name, name, bad, good);
      case "hedge-split" -> firstanswer(name, "hedge", badHalf, goodHalf);
      case "dnsmasq" -> dnsmasq(name, bad, good);
      default -> throw new IllegalArgumentException(name + " is none of " + ALL);
    };
  }

  private Target firstanswer(String name, String policy, DelayProxy... upstreams) throws Exception {
    Jar jar =
        Jar.start(
            folder,
            "--role=ls",
            "-Dfirstanswer.ls.text=off",
            "-Dfirstanswer.ls.dns=127.0.0.1:0",
            "-Dfirstanswer.ls.policy=" + policy,
            Arrays.stream(upstreams)
                .map(DelayProxy::uri)
                .collect(Collectors.joining("\",\"", "-Dfirstanswer.ls.upstreams=[\"", "\"]")));
    started(jar);
    return new Target(name, jar.ready().get("ls.dns"), List.of(upstreams));
  }

  private Target dnsmasq(String name, DelayProxy... upstreams) throws Exception {
    int[] ports = Arrays.stream(upstreams).mapToInt(DelayProxy::port).toArray();
    return new Target(name, started(Dnsmasq.start(ports)).port(), List.of(upstreams));
  }

  /** Ends all processes, the servers last. */
  @Override
  public void close() throws IOException {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
