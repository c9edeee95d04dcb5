package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Content;
import firstanswer.dns.message.Header;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class RecordLinesTest {
  private static final String NAME = "www.example.org.";

  @ParameterizedTest
  @CsvSource({
    "A, 192.0.2.1",
    "AAAA, 2001:db8::1",
    "MX, 10 mail.example.org.",
    "TYPE65280, \\# 2 0102",
  })
  void recordIsALineWithNameDataTypeAndClass(String type, String data) {
    assertThat(lines(Type.value(type), Messages.record(NAME, Type.value(type), data)))
        .containsExactly("www.example.org " + data + " " + type + " IN");
  }

  @Test
  void recordsBehindAliasesHaveTheNameAskedFor() {
    assertThat(
            lines(
                Type.A,
                Messages.cname("WWW.example.org.", "web.example.net."),
                Messages.a("web.example.net.", "192.0.2.1"),
                Messages.a("web.example.net.", "192.0.2.2")))
        .containsExactly("WWW.example.org 192.0.2.1 A IN", "WWW.example.org 192.0.2.2 A IN");
  }

  @Test
  void nameWithoutARecordIsWrittenAsAskedFor() {
    assertThat(lines(Type.A, Messages.a("web.example.net.", "192.0.2.1")))
        .containsExactly("www.example.org 192.0.2.1 A IN");
  }

  /** An address of three bytes, which only the parser of records looks at. */
  @Test
  void messageWithARecordThatCannotBeParsedHasNoLines() {
    byte[] bytes = response(Type.A, Messages.record(NAME, 65280, "\\# 3 C00002"));
    bytes[bytes.length - 13] = 0;
    bytes[bytes.length - 12] = Type.A;
    assertThat(RecordLines.of(new Content.Message(bytes))).isEmpty();
  }

  private static List<String> lines(int type, Record... answers) {
    return RecordLines.of(new Content.Message(response(type, answers)));
  }

  /** Without compression, so that each name keeps its spelling. */
  private static byte[] response(int type, Record... answers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Messages.response(NAME, type, 0, message -> {}).toWire());
    for (Record answer : answers) {
      bytes.writeBytes(answer.toWire(Section.ANSWER));
    }
    byte[] response = bytes.toByteArray();
    Header.setWord(response, Header.ANSWERS_AT, answers.length);
    return response;
  }
}
