package firstanswer.table.file;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Generator;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The numbers from {@code start} to {@code end} in steps of {@code step}, for which a {@code
 * $GENERATE} makes one record each. The directive comes from BIND; RFC 1035 does not have it.
 */
record GeneratedRange(long start, long end, long step) {
  private static final int MAX_RECORDS = 1_000_000;
  private static final Pattern FORM = Pattern.compile("(\\d{1,10})-(\\d{1,10})(?:/(\\d{1,10}))?");

  /** A width of four digits or more: a name has at most 255 bytes (RFC 1035 section 2.3.4). */
  private static final Pattern TOO_WIDE = Pattern.compile("\\$\\{-?\\d*,\\d{4,}");

  /**
   * A template of the records; {@code $} stands for the number in owner and data.
   *
   * @param type A, AAAA, CNAME or PTR
   */
  record Template(String owner, int type, long ttlSeconds, String data) {}

  /**
   * Parses {@code start-end} or {@code start-end/step}.
   *
   * @throws IOException with a message for people, also if the range has over a million numbers
   */
  static GeneratedRange parse(String text) throws IOException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IOException("$GENERATE " + text + ": expected start-end or start-end/step");
    }
    long step = form.group(3) == null ? 1 : Long.parseLong(form.group(3));
    GeneratedRange range =
        new GeneratedRange(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), step);
    if (range.start > range.end || step == 0 || (range.end - range.start) / step >= MAX_RECORDS) {
      throw new IOException("$GENERATE " + text + ": expected 1 to " + MAX_RECORDS + " records");
    }
    return range;
  }

  /**
   * Makes all records and hands them to {@code sink}, in the order of the numbers.
   *
   * @throws IOException with a message for people
   */
  void generate(Template template, Optional<Name> origin, Consumer<Record> sink)
      throws IOException {
    if (TOO_WIDE.matcher(template.owner).find() || TOO_WIDE.matcher(template.data).find()) {
      throw new IOException("$GENERATE: expected numbers of at most 999 digits");
    }
    if (!Generator.supportedType(template.type)) {
      throw new IOException(
          "$GENERATE: expected the type A, AAAA, CNAME or PTR, found "
              + Type.string(template.type));
    }
    Generator generator = generator(template, origin);
    Record record = generator.nextRecord();
    while (record != null) {
      sink.accept(record);
      record = generator.nextRecord();
    }
  }

  private Generator generator(Template template, Optional<Name> origin) {
    return new Generator(
        start,
        end,
        step,
        template.owner,
        template.type,
        DClass.IN,
        template.ttlSeconds,
        template.data,
        origin.orElse(null));
  }
}
