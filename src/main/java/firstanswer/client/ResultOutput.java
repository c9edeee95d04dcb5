package firstanswer.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Where the results of a batch go: writers, a tally, and whoever watches the progress. */
public final class ResultOutput {
  private final List<Writer> writers;
  private final List<ResultFormat.ResultWriter> formatted = new ArrayList<>();
  private final LongConsumer progress;
  private final Tally tally = new Tally();

  /**
   * Writes all results to each of {@code writers}.
   *
   * @param progress hears how many names have their result so far
   * @throws IOException if a header cannot be written
   */
  public ResultOutput(ResultFormat format, List<? extends Writer> writers, LongConsumer progress)
      throws IOException {
    this.writers = List.copyOf(writers);
    this.progress = progress;
    for (Writer writer : writers) {
      formatted.add(format.writer(writer));
    }
  }

  /** Flushes after each batch, so that who reads along sees an answer when it has come. */
  void write(List<Result> batch) {
    try {
      for (Result result : batch) {
        tally.add(result);
        for (ResultFormat.ResultWriter writer : formatted) {
          writer.write(result);
        }
      }
      for (Writer writer : writers) {
        writer.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("results cannot be written: " + e.getMessage(), e);
    }
    progress.accept(tally.names());
  }

  /** What has been written so far. */
  Tally tally() {
    return tally;
  }
}
