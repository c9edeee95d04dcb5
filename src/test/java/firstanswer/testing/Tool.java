package firstanswer.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the system: another name server, or a client. */
public final class Tool implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  /** Servers live where an ordinary user's PATH does not lead. */
  private static final List<String> PLACES =
      Arrays.asList((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1));

  private final Process process;

  private Tool(Process process) {
    this.process = process;
  }

  /** Whether all of {@code programs} are installed. */
  public static boolean installed(String... programs) {
    return missing(programs).isEmpty();
  }

  /** Skips the test that calls this unless all of {@code programs} are installed. */
  public static void assumeInstalled(String... programs) {
    List<String> missing = missing(programs);
    assumeTrue(missing.isEmpty(), () -> "not installed: " + String.join(", ", missing));
  }

  private static List<String> missing(String... programs) {
    return Arrays.stream(programs).filter(program -> path(program) == null).toList();
  }

  private static String path(String program) {
    return PLACES.stream()
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }

  private static ProcessBuilder command(String program, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(path(program));
    builder.command().addAll(List.of(arguments));
    return builder;
  }

  /** Starts a server; it must stay in the foreground. */
  public static Tool start(String program, String... arguments) throws IOException {
    return new Tool(
        command(program, arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Waits until somebody listens at {@code port} of loopback for TCP. */
  public void awaitTcp(int port) throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE_SECONDS * 20; i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (ConnectException e) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new IOException("ended with status " + process.exitValue());
        }
      }
    }
    throw new IOException("nobody listens at port " + port);
  }

  /** Runs a client to its end; what it prints. */
  public static String run(Path folder, String program, String... arguments)
      throws IOException, InterruptedException {
    File output = Files.createTempFile(folder, program, ".out").toFile();
    Process process =
        command(program, arguments)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(program + " still runs");
    }
    return Files.readString(output.toPath(), UTF_8);
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
