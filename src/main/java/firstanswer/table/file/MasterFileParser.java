package firstanswer.table.file;

import firstanswer.table.RecordsByOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.RelativeNameException;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/**
 * Parses the entries of one master file (RFC 1035 section 5.1, RFC 2308 section 4). dnsjava splits
 * the tokens and parses the record data. The dnsjava class for whole files, {@code Master}, is not
 * fit: it includes any file of the machine, does not tell the line of a record, and stops at the
 * first mistake.
 */
final class MasterFileParser {
  /**
   * The state at the beginning of a file.
   *
   * @param origin ends relative names
   * @param ttlSeconds the TTL of entries that state none
   */
  record Defaults(Optional<Name> origin, OptionalLong ttlSeconds) {}

  private final Path path;
  private final LineCountingStream in;
  private final IncludeStack files;
  private final Tokenizer tokens;
  private Name origin;
  private OptionalLong defaultTtl;
  private Name owner;
  private OptionalLong lastTtl = OptionalLong.empty();
  private int entryLine;

  /** Begins at the start of the file, which problems call {@code path}. */
  MasterFileParser(Path path, LineCountingStream in, Defaults defaults, IncludeStack files) {
    this.path = path;
    this.in = in;
    this.files = files;
    this.tokens = new Tokenizer(in);
    this.origin = defaults.origin().orElse(null);
    this.defaultTtl = defaults.ttlSeconds();
  }

  /** Reads the whole file, until there are too many problems. */
  void read() {
    boolean more = true;
    while (more && !files.problems().areMany()) {
      entryLine = in.line();
      try {
        more = readEntry();
      } catch (IOException | RuntimeException e) {
        // For bad data, the record types of dnsjava throw runtime exceptions of many kinds.
        files.problems().add(place(), BadEntry.reason(e));
        more = BadEntry.skip(tokens);
      }
    }
  }

  private Problems.Place place() {
    return new Problems.Place(path, entryLine);
  }

  /** Reads one entry, or the end of the file; returns whether the file goes on. */
  private boolean readEntry() throws IOException {
    Tokenizer.Token first = tokens.get(true, false);
    if (first.type() == Tokenizer.WHITESPACE) {
      return readEntryOfLastOwner();
    }
    if (first.isEOL()) {
      return first.type() == Tokenizer.EOL;
    }
    if (first.value().startsWith("$")) {
      readDirective(first.value());
    } else {
      setOwner(Name.fromString(first.value(), origin));
      readRecord();
    }
    return true;
  }

  private boolean readEntryOfLastOwner() throws IOException {
    Tokenizer.Token next = tokens.get();
    if (next.isEOL()) {
      return next.type() == Tokenizer.EOL;
    }
    if (owner == null) {
      throw new IOException("expected an owner here or in an earlier entry, found none");
    }
    tokens.unget();
    readRecord();
    return true;
  }

  /** Keeps the name object if the owner stays the same, so that its records share one. */
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
        origin = tokens.getName(originOrRoot());
        tokens.getEOL();
      }
      case "$TTL" -> {
        defaultTtl = OptionalLong.of(tokens.getTTL());
        tokens.getEOL();
      }
      case "$INCLUDE" -> include();
      case "$GENERATE" -> generate();
      default ->
          throw new IOException(
              "expected $ORIGIN, $TTL, $INCLUDE or $GENERATE, found \"" + directive + "\"");
    }
  }

  /** The name that ends relative names in {@code $ORIGIN} and {@code $INCLUDE}. */
  private Name originOrRoot() {
    return origin == null ? Name.root : origin;
  }

  /** An origin of the included file does not change ours (RFC 1035 section 5.1). */
  private void include() throws IOException {
    String file = tokens.getString();
    Tokenizer.Token next = tokens.get();
    Name inside = origin;
    if (next.isString()) {
      inside = Name.fromString(next.value(), originOrRoot());
      tokens.getEOL();
    }
    files.include(path, file, new Defaults(Optional.ofNullable(inside), defaultTtl));
  }

  private void generate() throws IOException {
    GeneratedRange range = GeneratedRange.parse(tokens.getIdentifier());
    String owners = tokens.getIdentifier();
    EntryFields fields = readFields();
    String data = tokens.getIdentifier();
    tokens.getEOL();
    range.generate(
        new GeneratedRange.Template(owners, fields.type(), fields.requiredTtlSeconds(), data),
        Optional.ofNullable(origin),
        record -> files.add(record, place()));
  }

  private EntryFields readFields() throws IOException {
    return EntryFields.read(tokens, defaultTtl.isEmpty() ? lastTtl : defaultTtl);
  }

  private void readRecord() throws IOException {
    EntryFields fields = readFields();
    long ttl =
        fields.type() == Type.SOA ? fields.ttlSeconds().orElse(0) : fields.requiredTtlSeconds();
    Record record = Record.fromString(owner, fields.type(), fields.dclass(), ttl, tokens, origin);
    if (record instanceof SOARecord soa && fields.ttlSeconds().isEmpty()) {
      // As in BIND, an SOA record without a TTL takes its MINIMUM field, as do later entries.
      record = RecordsByOwner.withTtl(record, soa.getMinimum());
      defaultTtl = OptionalLong.of(soa.getMinimum());
    }
    lastTtl = OptionalLong.of(record.getTTL());
    files.add(record, place());
  }
}
