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

/**
 * The numbers that a {@code $GENERATE} counts, a directive of BIND that RFC 1035 does not have. The
 * records are made by dnsjava.
 */
record GeneratedRange(long start, long end, long step) {
  private static final int MAX_RECORDS = 1_000_000;
  private static final Pattern FORM = Pattern.compile("(\\d{1,10})-(\\d{1,10})(?:/(\\d{1,10}))?");

  /** A name has at most 255 bytes, so no number in it needs a width of four digits. */
  private static final Pattern TOO_WIDE = Pattern.compile("\\$\\{-?\\d*,\\d{4,}");

  /**
   * Reads {@code start-end} or {@code start-end/step}.
   *
   * @throws IOException with a message for people
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
   * Hands all records to {@code sink}.
   *
   * @throws IOException with a message for people
   */
  void generate(
      String names, int type, long ttl, String data, Optional<Name> origin, Consumer<Record> sink)
      throws IOException {
    if (TOO_WIDE.matcher(names).find() || TOO_WIDE.matcher(data).find()) {
      throw new IOException("$GENERATE: a number of 1000 or more digits");
    }
    if (!Generator.supportedType(type)) {
      throw new IOException("$GENERATE makes records of type A, AAAA, CNAME and PTR only");
    }
    Generator generator =
        new Generator(start, end, step, names, type, DClass.IN, ttl, data, origin.orElse(null));
    Record record = generator.nextRecord();
    while (record != null) {
      sink.accept(record);
      record = generator.nextRecord();
    }
  }
}
