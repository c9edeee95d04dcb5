package firstanswer.testing;

import firstanswer.config.HostPort;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process that runs the packaged jar. */
public final class Jar implements Closeable {
  private static final Path JAR = Path.of("target", "firstanswer.jar").toAbsolutePath();

  /**
   * Most processes of tests live for a second, in which the second compiler costs and gains none.
   */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final int PATIENCE_SECONDS = 60;

  /** Made by the build: the classes that a start loads. Without it, a start takes twice as long. */
  private static final Path CLASSES = JAR.resolveSibling("firstanswer.jsa");

  private final Process process;
  private final Path errors;
  private final BufferedReader output;

  private Jar(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.output = process.inputReader();
  }

  /** The same as a command of the shell, which arguments may follow. */
  public static String command() {
    return "'" + JAVA + "' -jar '" + JAR + "'";
  }

  /** Starts {@code java -jar firstanswer.jar arguments…} in {@code folder}. */
  public static Jar start(Path folder, String... arguments) throws IOException {
    return start(folder, List.of(), List.of(), arguments);
  }

  /** The same with options of the virtual machine, such as {@code -Xmx64m}. */
  public static Jar startWithOptions(Path folder, List<String> options, String... arguments)
      throws IOException {
    return start(folder, List.of(), options, arguments);
  }

  /** The same with at most {@code openFiles} open files. */
  public static Jar startWithOpenFiles(Path folder, int openFiles, String... arguments)
      throws IOException {
    return start(
        folder,
        List.of("sh", "-c", "ulimit -n " + openFiles + "; exec \"$@\"", "sh"),
        List.of(),
        arguments);
  }

  /** The same with SIGHUP ignored from the start. */
  public static Jar startUnderNohup(Path folder, String... arguments) throws IOException {
    return start(folder, List.of("nohup"), List.of(), arguments);
  }

  /** The same in a network namespace. */
  public static Jar startIn(NetworkNamespace network, Path folder, String... arguments)
      throws IOException {
    return start(folder, network.launcher(), List.of(), arguments);
  }

  private static Jar start(
      Path folder, List<String> launcher, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(JAVA.toString());
    command.add(QUICK_START);
    if (Files.exists(CLASSES)) {
      command.add("-XX:SharedArchiveFile=" + CLASSES);
      command.add("-Xlog:cds=off");
    }
    command.addAll(options);
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile(folder, "stderr", ".txt");
    return new Jar(
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start(),
        errors);
  }

  /** Starts a load balancer that listens for both protocols at free ports. */
  public static Jar loadBalancer(Path folder, String... upstreams) throws IOException {
    return loadBalancer(folder, List.of(), upstreams);
  }

  /** The same with more {@code options}. */
  public static Jar loadBalancer(Path folder, List<String> options, String... upstreams)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--role=ls");
    arguments.add("-Dfirstanswer.ls.text=127.0.0.1:0");
    arguments.add("-Dfirstanswer.ls.dns=127.0.0.1:0");
    arguments.add(
        Arrays.stream(upstreams)
            .collect(Collectors.joining("\",\"", "-Dfirstanswer.ls.upstreams=[\"", "\"]")));
    arguments.addAll(options);
    return start(folder, arguments.toArray(String[]::new));
  }

  /**
   * Waits for the line that says that all listeners are bound; the ports by their keys, of several
   * addresses the first.
   */
  public Map<String, Integer> ready() throws IOException {
    Map<String, Integer> ports = new TreeMap<>();
    readyAt().forEach((key, addresses) -> ports.put(key, addresses.get(0).port()));
    return ports;
  }

  /** The same with all addresses. */
  public Map<String, List<HostPort>> readyAt() throws IOException {
    String line = output.readLine();
    if (line == null || !line.startsWith("ready ")) {
      throw new IOException("not ready: " + line + "; " + errors());
    }
    Map<String, List<HostPort>> addresses = new TreeMap<>();
    for (String listener : line.substring("ready ".length()).split(" ", -1)) {
      String[] keyAndAddress = listener.split("=", 2);
      addresses
          .computeIfAbsent(keyAndAddress[0], key -> new ArrayList<>())
          .add(HostPort.parse(keyAndAddress[1]).orElseThrow());
    }
    return addresses;
  }

  /** The lines of standard output that are still to come; waits for the end. */
  public List<String> output() {
    return output.lines().toList();
  }

  /** Writes to its standard input and closes that. */
  public Jar input(String text) throws IOException {
    try (var writer = process.outputWriter()) {
      writer.write(text);
    }
    return this;
  }

  /**
   * Its standard error, without the warnings of a JDK newer than 17 about libraries that use {@code
   * sun.misc.Unsafe}: no manifest can turn them off.
   */
  public String errors() throws IOException {
    return Files.readAllLines(errors).stream()
        .filter(line -> !line.startsWith("WARNING: "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Whether a line of the log says only that this machine is busy. */
  public static boolean isOfABusyMachine(String line) {
    return line.contains("queries were held up for ");
  }

  /** Waits until standard error contains {@code text}; lines of the log come a moment late. */
  public void awaitErrors(String text) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!errors().contains(text)) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new IllegalStateException(text + " is not in " + errors());
      }
      Thread.sleep(10);
    }
  }

  /** Waits for the end; the exit status. */
  public int status() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still runs");
    }
    return process.exitValue();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGHUP, which makes table servers read their tables anew. */
  public void hangUp() throws IOException, InterruptedException {
    signal("HUP");
  }

  /** Sends it a signal, such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether SIGHUP is ignored here and so, by inheritance, in what we start, as under nohup. */
  public static boolean hangUpIsIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
  }

  /** SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
