package firstanswer.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes one JSON object per line. */
final class JsonResultWriter implements ResultFormat.ResultWriter {
  private final JsonGenerator json;
  private final Writer out;

  JsonResultWriter(Writer out) throws IOException {
    this.out = out;
    this.json = new JsonFactory().createGenerator(out).setRootValueSeparator(null);
  }

  @Override
  public void write(Result result) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", result.name());
    json.writeStringField("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
    json.writeStringField("address", result.address());
    json.writeStringField("answer", result.text());
    json.writeNumberField("milliseconds", result.milliseconds());
    json.writeEndObject();
    json.flush();
    out.write('\n');
  }
}
