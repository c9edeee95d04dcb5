package firstanswer.client;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes comma-separated values with a header. */
final class CsvResultWriter implements ResultFormat.ResultWriter {
  private final CSVPrinter csv;

  CsvResultWriter(Writer out) throws IOException {
    csv = CSVFormat.RFC4180.print(out);
    csv.printRecord("name", "outcome", "address", "answer", "milliseconds");
  }

  @Override
  public void write(Result result) throws IOException {
    csv.printRecord(
        Printable.ofUser(result.name()),
        result.outcome().name().toLowerCase(Locale.ROOT),
        result.address(),
        result.printableText(),
        result.milliseconds());
  }
}
