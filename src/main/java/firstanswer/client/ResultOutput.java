package firstanswer.client;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Writes the results of a batch, counts them, and reports the progress. */
public final class ResultOutput implements AutoCloseable {
  private final List<Writer> writers;
  private final List<ResultFormat.ResultWriter> formatted = new ArrayList<>();
  private final LongConsumer progress;
  private final Tally tally = new Tally();

  /**
   * Writes all results to each of {@code writers}.
   *
   * @param progress gets the number of results so far
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

  /**
   * Writes results that have come together, and flushes, so that a reader of the file sees each
   * answer at once.
   *
   * @throws ResultsNotWritten if that fails
   */
  void write(List<Result> results) {
    try {
      for (Result result : results) {
        tally.add(result);
        for (ResultFormat.ResultWriter writer : formatted) {
          writer.write(result);
        }
      }
      for (Writer writer : writers) {
        writer.flush();
      }
    } catch (IOException e) {
      throw new ResultsNotWritten(e, "after " + Quantity.of(tally.names(), "name"));
    }
    progress.accept(tally.names());
  }

  /**
   * Closes the writers.
   *
   * @throws ResultsNotWritten if that fails
   */
  @Override
  public void close() {
    try {
      for (Writer writer : writers) {
        writer.close();
      }
    } catch (IOException e) {
      throw new ResultsNotWritten(e, "at the end");
    }
  }

  /** Counts of the results so far. */
  public Tally tally() {
    return tally;
  }
}
