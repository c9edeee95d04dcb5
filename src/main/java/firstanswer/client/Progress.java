package firstanswer.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * The progress bar of a batch, on standard error. A bar overwrites the line that the cursor is on.
 * A batch therefore has a bar only if its answers cannot reach the same screen, as they can through
 * a pipe ({@code | tee}, {@code | grep}).
 */
final class Progress implements AutoCloseable {
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");
  private static final int UPDATE_MILLIS = 200;

  /**
   * The least width for speed and remaining time, which leave no room for the bar in a narrower
   * terminal.
   */
  private static final int MIN_COLUMNS_FOR_SPEED = 72;

  private final OptionalInt columns;
  private volatile Optional<ProgressBar> bar = Optional.empty();

  private Progress(OptionalInt columns) {
    this.columns = columns;
  }

  /**
   * Finds out whether the batch has a bar. Runs a program, so the call blocks for some
   * milliseconds.
   *
   * @param answersOnStandardOutput whether the answers go to standard output
   */
  static Progress of(boolean answersOnStandardOutput) {
    boolean sameScreen = answersOnStandardOutput && !Files.isRegularFile(STANDARD_OUTPUT);
    return new Progress(sameScreen ? OptionalInt.empty() : columnsOfStandardError());
  }

  /**
   * The width of the terminal; empty if standard error is none. JLine's {@code Terminal} knows the
   * width as well, but takes SIGINT away from us: Ctrl-C would end a batch without its summary.
   */
  private static OptionalInt columnsOfStandardError() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "test -t 2 && stty size <&2")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String rowsAndColumns = new String(stty.getInputStream().readAllBytes(), US_ASCII);
      int columns = Integer.parseInt(rowsAndColumns.strip().replaceFirst("\\d+ ", ""));
      return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
    } catch (IOException | NumberFormatException unknown) {
      return OptionalInt.empty();
    }
  }

  /** Whether there is a bar; only then must the names be counted. */
  boolean isShown() {
    return columns.isPresent();
  }

  /**
   * Draws the bar, if there is one.
   *
   * @param names the number of names; -1 if unknown
   */
  void start(long names) {
    if (isShown()) {
      bar = Optional.of(draw(columns.getAsInt(), names));
    }
  }

  private static ProgressBar draw(int columns, long names) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName("names")
            .setInitialMax(names)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            // A terminal wraps a line that fills its last column.
            .setConsumer(new ConsoleProgressBarConsumer(System.err, columns - 1));
    if (columns < MIN_COLUMNS_FOR_SPEED) {
      builder.hideEta();
    } else {
      builder.showSpeed();
    }
    return builder.build();
  }

  /** Shows that {@code done} names have their result. */
  void stepTo(long done) {
    bar.ifPresent(shown -> shown.stepTo(done));
  }

  /** Leaves the bar as it is and ends its line. */
  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
