package firstanswer.client;

import java.io.IOException;
import java.io.Writer;

/** The formats of results. */
public enum ResultFormat {
  /**
   * One line per name: the server's answer, {@code Name - TIMED OUT}, or {@code Name - ERROR
   * reason}.
   */
  TEXT {
    @Override
    ResultWriter writer(Writer out) {
      return new ResultWriter() {
        @Override
        public void write(Result result) throws IOException {
          out.write(result.line());
          out.write('\n');
        }
      };
    }
  },
  /** One JSON object per line: name, outcome, address, answer, milliseconds. */
  JSON {
    @Override
    ResultWriter writer(Writer out) throws IOException {
      return new JsonResultWriter(out);
    }
  },
  /** Comma-separated values (RFC 4180) with a header: the fields of JSON. */
  CSV {
    @Override
    ResultWriter writer(Writer out) throws IOException {
      return new CsvResultWriter(out);
    }
  };

  /** Writes results in this format. The owner of {@code out} flushes it. */
  abstract ResultWriter writer(Writer out) throws IOException;

  /** Writes results one by one. */
  interface ResultWriter {
    void write(Result result) throws IOException;
  }
}
