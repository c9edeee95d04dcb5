package firstanswer.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jline.utils.ScreenTerminal;

/**
 * A terminal that runs a command: a pseudo-terminal of {@code script} (util-linux), and a model of
 * the screen that interprets what arrives there. Shows what a person would see.
 */
public final class Screen implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final char CTRL_C = 3;

  private final Process process;
  private final ScreenTerminal screen;
  private final Thread reader;

  private Screen(Process process, int columns, int rows) {
    this.process = process;
    this.screen = new ScreenTerminal(columns, rows);
    this.reader = new Thread(this::show, "screen");
    reader.setDaemon(true);
    reader.start();
  }

  /** Skips the test unless the programs that a screen needs are installed. */
  public static void assumeAvailable() {
    Tool.assumeInstalled("script", "stty", "env");
  }

  /** Runs a command of the shell in {@code folder}, on a screen of that size. */
  public static Screen run(Path folder, int columns, int rows, String command) throws IOException {
    // A build in the background ignores SIGINT, and so would, by inheritance, the command.
    String sized =
        "stty cols %d rows %d; exec env --default-signal=INT %s".formatted(columns, rows, command);
    ProcessBuilder builder =
        new ProcessBuilder("script", "--quiet", "--return", "--command", sized, "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("LC_ALL", "C.UTF-8");
    return new Screen(builder.start(), columns, rows);
  }

  private void show() {
    try (Reader output = new InputStreamReader(process.getInputStream(), UTF_8)) {
      char[] some = new char[1024];
      for (int n = output.read(some); n >= 0; n = output.read(some)) {
        screen.write(new String(some, 0, n));
      }
    } catch (IOException endOfTerminal) {
      // Closing the terminal ends the reading.
    }
  }

  /** The lines that are visible now, without blanks at their ends and without empty lines below. */
  public List<String> lines() {
    return screen.toString().stripTrailing().lines().map(String::stripTrailing).toList();
  }

  /** Waits until a visible line is as {@code expected}. */
  public void await(Predicate<String> expected) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (lines().stream().noneMatch(expected)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("does not show up: " + lines());
      }
      Thread.sleep(10);
    }
  }

  /** Presses Ctrl-C, which the terminal turns into SIGINT. */
  public void interrupt() throws IOException {
    process.getOutputStream().write(CTRL_C);
    process.getOutputStream().flush();
  }

  /** Waits until the command has ended and everything is on the screen; its exit status. */
  public int status() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still runs: " + lines());
    }
    reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    return process.exitValue();
  }

  /** Closes the terminal, which ends what runs there. */
  @Override
  public void close() {
    process.destroy();
  }
}
