package firstanswer.compare;

import firstanswer.testing.Forwarder;
import firstanswer.testing.Nsd;
import firstanswer.testing.NumberedNames;
import firstanswer.testing.Tool;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts name servers, and forwarders in front of them. */
final class Contenders implements Closeable {
  /** The launcher that the build makes. */
  private static final Path LAUNCHER = Path.of("target", "firstanswer", "bin", "firstanswer");

  /** Those to compare with. */
  static final List<Forwarder> OTHERS =
      List.of(Forwarder.DNSMASQ, Forwarder.SMARTDNS, Forwarder.DNSDIST);

  private static final Pattern PORT = Pattern.compile("ls\\.dns=127\\.0\\.0\\.1:(\\d+)");
  private static final int PROBE_MILLIS = 5;
  private static final int MAX_PROBES = 10_000;

  private final NumberedNames names;
  private final Path folder = Files.createTempDirectory("firstanswer-compare");
  private final Deque<Closeable> running = new ArrayDeque<>();
  private int folders;

  /** Nothing runs yet; the servers will have {@code names}. */
  Contenders(NumberedNames names) throws IOException {
    this.names = names;
  }

  /** A new folder for files of one process. */
  Path folder() throws IOException {
    folders++;
    return Files.createDirectory(folder.resolve(String.valueOf(folders)));
  }

  /** Starts a name server that holds some of the names; its port. */
  int nameServer(IntPredicate held) throws IOException, InterruptedException {
    Nsd server = Nsd.start(folder(), Map.of(NumberedNames.ORIGIN, names.zone(held)));
    running.push(server);
    return server.port();
  }

  /** Starts all that are installed, in front of these servers. */
  List<Contender> startAll(int... upstreamPorts) throws IOException, InterruptedException {
    List<Contender> all = new ArrayList<>();
    all.add(firstanswer("firstanswer race", "race", upstreamPorts));
    all.add(firstanswer("firstanswer hedge", "hedge", upstreamPorts));
    for (Forwarder other : OTHERS) {
      if (Tool.installed(other.program())) {
        all.add(other(other, upstreamPorts));
      }
    }
    return all;
  }

  private Contender other(Forwarder forwarder, int... upstreamPorts)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Forwarder.Running process = forwarder.start(folder(), upstreamPorts);
    running.push(process);
    awaitAnswer(process.port());
    return new Contender(
        forwarder.program(), process.process().pid(), process.port(), millisSince(begin));
  }

  /** Starts our own load balancer in front of these servers. */
  private Contender firstanswer(String name, String policy, int... upstreamPorts)
      throws IOException {
    String upstreams =
        Arrays.stream(upstreamPorts)
            .mapToObj(port -> "\"dns://127.0.0.1:" + port + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    List<String> command =
        List.of(
            LAUNCHER.toAbsolutePath().toString(),
            "--role=ls",
            "-Dfirstanswer.ls.text=off",
            "-Dfirstanswer.ls.dns=127.0.0.1:0",
            "-Dfirstanswer.ls.policy=" + policy,
            "-Dfirstanswer.ls.upstreams=" + upstreams);
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(folder().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    running.push(process::destroyForcibly);
    String ready = new BufferedReader(process.inputReader()).readLine();
    Matcher port = PORT.matcher(String.valueOf(ready));
    if (!port.find()) {
      throw new IOException("not ready: " + ready);
    }
    int listener = Integer.parseInt(port.group(1));
    awaitAnswer(listener);
    return new Contender(name, process.pid(), listener, millisSince(begin));
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  /** Asks again and again, until there is an answer. */
  private void awaitAnswer(int port) throws IOException {
    byte[] query = names.query(0);
    byte[] answer = new byte[512];
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PROBE_MILLIS);
      for (int i = 0; i < MAX_PROBES; i++) {
        try {
          socket.send(new DatagramPacket(query, query.length));
          socket.receive(new DatagramPacket(answer, answer.length));
          return;
        } catch (SocketTimeoutException | SocketException e) {
          // Not yet.
        }
      }
    }
    throw new IOException("no answer at port " + port);
  }

  /** Ends all processes, the servers last. */
  @Override
  public void close() throws IOException {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
