package firstanswer.client;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The results of a batch cannot be written. The cause gives the reason; the message gives the
 * place.
 */
public final class ResultsNotWritten extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  ResultsNotWritten(IOException cause, String where) {
    super("results cannot be written: " + where, cause);
  }
}
