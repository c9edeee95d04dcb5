package firstanswer.table.file;

import firstanswer.table.RecordsByOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.RelativeNameException;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TTL;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/**
 * Reads the entries of one master file (RFC 1035 section 5.1, RFC 2308 section 4). Tokens and
 * record data are dnsjava's. Its own reader of whole files, {@code Master}, would not do: it
 * includes any file of the machine, does not tell where a record stood, and stops at the first
 * mistake.
 */
final class MasterFileParser {
  private static final long NONE = -1;

  /** What the tokenizer puts before a message: it knows no file, and a line too late at times. */
  private static final Pattern PLACE = Pattern.compile("^<none>:\\d+: ");

  /** What holds for entries that do not say otherwise. */
  record Defaults(Optional<Name> origin, long ttlSeconds) {}

  /** The fields of an entry between owner and data; {@code ttlSeconds} may be NONE for an SOA. */
  private record Fields(int dclass, long ttlSeconds, int type) {}

  private final Path path;
  private final LineCounter in;
  private final IncludedFiles files;
  private final Tokenizer tokens;
  private Name origin;
  private long defaultTtl;
  private Name owner;
  private long lastTtl = NONE;
  private int entryLine;

  /**
   * Nothing is read yet.
   *
   * @param path what problems call the file
   */
  MasterFileParser(Path path, LineCounter in, Defaults defaults, IncludedFiles files) {
    this.path = path;
    this.in = in;
    this.files = files;
    this.tokens = new Tokenizer(in);
    this.origin = defaults.origin().orElse(null);
    this.defaultTtl = defaults.ttlSeconds();
  }

  /** The whole file. */
  void read() {
    boolean more = true;
    while (more && !files.problems().areMany()) {
      entryLine = in.line();
      try {
        more = readEntry();
      } catch (IOException | RuntimeException e) {
        // The record types of dnsjava throw runtime exceptions of many kinds for bad data.
        files.problems().add(place(), reason(e));
        more = skipRest();
      }
    }
  }

  private Problems.Place place() {
    return new Problems.Place(path, entryLine);
  }

  private static String reason(Exception e) {
    if (e instanceof RelativeNameException) {
      return e.getMessage() + ", and there is no $ORIGIN before it";
    }
    return e.getMessage() == null ? "unreadable" : PLACE.matcher(e.getMessage()).replaceFirst("");
  }

  /**
   * Goes on behind the entry; false where its end cannot be found. The last token may have been
   * that end.
   */
  private boolean skipRest() {
    try {
      tokens.unget();
      Tokenizer.Token token = tokens.get();
      while (!token.isEOL()) {
        token = tokens.get();
      }
      return token.type() == Tokenizer.EOL;
    } catch (IOException | RuntimeException e) {
      // There may be no last token, or one that is back already.
      return false;
    }
  }

  /** False at the end of the file. */
  private boolean readEntry() throws IOException {
    Tokenizer.Token first = tokens.get(true, false);
    if (first.type() == Tokenizer.WHITESPACE) {
      Tokenizer.Token second = tokens.get();
      if (second.isEOL()) {
        return second.type() == Tokenizer.EOL;
      }
      if (owner == null) {
        throw new IOException("no owner here, nor in an entry before");
      }
      tokens.unget();
      readRecord();
    } else if (first.isEOL()) {
      return first.type() == Tokenizer.EOL;
    } else if (first.value().startsWith("$")) {
      readDirective(first.value());
    } else {
      setOwner(Name.fromString(first.value(), origin));
      readRecord();
    }
    return true;
  }

  /** NameList of one owner share its name. */
  private void setOwner(Name name) {
    if (!name.isAbsolute()) {
      throw new RelativeNameException(name);
    }
    if (!name.equals(owner)) {
      owner = name;
    }
  }

  private void readDirective(String directive) throws IOException {
    switch (directive.toUpperCase(Locale.ROOT)) {
      case "$ORIGIN" -> {
        origin = tokens.getName(origin == null ? Name.root : origin);
        tokens.getEOL();
      }
      case "$TTL" -> {
        defaultTtl = tokens.getTTL();
        tokens.getEOL();
      }
      case "$INCLUDE" -> include();
      case "$GENERATE" -> generate();
      default -> throw new IOException("unknown directive " + directive);
    }
  }

  /** The origin may change inside without changing here (RFC 1035 section 5.1). */
  private void include() throws IOException {
    String file = tokens.getString();
    Tokenizer.Token next = tokens.get();
    Name inside = origin;
    if (next.isString()) {
      inside = Name.fromString(next.value(), origin == null ? Name.root : origin);
      tokens.getEOL();
    }
    files.include(path, file, new Defaults(Optional.ofNullable(inside), defaultTtl));
  }

  private void generate() throws IOException {
    GeneratedRange range = GeneratedRange.parse(tokens.getIdentifier());
    String names = tokens.getIdentifier();
    Fields fields = readFields();
    String data = tokens.getIdentifier();
    tokens.getEOL();
    range.generate(
        names,
        fields.type(),
        ttlOf(fields),
        data,
        Optional.ofNullable(origin),
        record -> files.add(record, place()));
  }

  private void readRecord() throws IOException {
    Fields fields = readFields();
    long ttl = fields.type() == Type.SOA ? Math.max(0, fields.ttlSeconds()) : ttlOf(fields);
    Record record = Record.fromString(owner, fields.type(), fields.dclass(), ttl, tokens, origin);
    if (record instanceof SOARecord soa && fields.ttlSeconds() == NONE) {
      // As BIND has it: an SOA without a time to live gives its minimum to itself and the others.
      record = RecordsByOwner.withTtl(record, soa.getMinimum());
      defaultTtl = soa.getMinimum();
    }
    lastTtl = record.getTTL();
    files.add(record, place());
  }

  /** Class and time to live may be missing and stand in either order. */
  private Fields readFields() throws IOException {
    int dclass = -1;
    long ttl = NONE;
    String field = tokens.getString();
    while (true) {
      if (dclass < 0 && DClass.value(field) >= 0) {
        dclass = DClass.value(field);
      } else if (ttl == NONE && !field.isEmpty() && Character.isDigit(field.charAt(0))) {
        ttl = parseTtl(field);
      } else {
        break;
      }
      field = tokens.getString();
    }
    int type = Type.value(field);
    if (type < 0) {
      throw new IOException("unknown type " + field);
    }
    long inherited = defaultTtl == NONE ? lastTtl : defaultTtl;
    return new Fields(dclass < 0 ? DClass.IN : dclass, ttl == NONE ? inherited : ttl, type);
  }

  private static long parseTtl(String field) throws IOException {
    try {
      return TTL.parseTTL(field);
    } catch (NumberFormatException e) {
      throw new IOException("expected a TTL, class or type, found " + field, e);
    }
  }

  private static long ttlOf(Fields fields) throws IOException {
    if (fields.ttlSeconds() == NONE) {
      throw new IOException("no TTL here, nor in a $TTL or an entry before");
    }
    return fields.ttlSeconds();
  }
}
