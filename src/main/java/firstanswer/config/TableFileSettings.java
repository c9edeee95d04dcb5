package firstanswer.config;

import firstanswer.dns.DomainName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that a table server answers from.
 *
 * @param origin the name that ends relative names of a zone file before the first {@code $ORIGIN};
 *     need not be a host name (RFC 2317 section 4)
 */
public record TableFileSettings(Path file, Kind kind, Optional<DomainName> origin) {
  private static final String ZONE_ENDING = ".zone";
  private static final Pattern FORM =
      Pattern.compile("(?:(names|hosts|zone):)?+(.+?)(?:\\?origin=(.*))?");

  /** The kinds of files. */
  public enum Kind {
    /** Lines of {@code Name IPaddress A}. */
    NAMES,
    /** Lines of {@code address name alias…}. */
    HOSTS,
    /** A master file (RFC 1035 section 5). */
    ZONE
  }

  /**
   * Reads a path whose last part decides the kind, or {@code names:}, {@code hosts:} or {@code
   * zone:} and a path. {@code ?origin=NAME} may follow the path of a zone file. Empty if {@code
   * text} has another form.
   */
  public static Optional<TableFileSettings> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      Path file = Path.of(form.group(2));
      Kind kind =
          form.group(1) == null
              ? kindOf(lastPart(file))
              : Kind.valueOf(form.group(1).toUpperCase(Locale.ROOT));
      return of(file, kind, Optional.ofNullable(form.group(3)));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<TableFileSettings> of(Path file, Kind kind, Optional<String> origin) {
    if (origin.isPresent()) {
      return kind == Kind.ZONE
          ? DomainName.ofMasterFile(origin.get())
              .map(name -> new TableFileSettings(file, kind, Optional.of(name)))
          : Optional.empty();
    }
    Optional<DomainName> ofFile =
        kind == Kind.ZONE
            ? DomainName.ofMasterFile(withoutEnding(lastPart(file)))
            : Optional.empty();
    return Optional.of(new TableFileSettings(file, kind, ofFile));
  }

  private static Kind kindOf(String name) {
    if (name.endsWith(ZONE_ENDING)) {
      return Kind.ZONE;
    }
    return name.equals("hosts") || name.endsWith(".hosts") ? Kind.HOSTS : Kind.NAMES;
  }

  private static String withoutEnding(String name) {
    return name.endsWith(ZONE_ENDING)
        ? name.substring(0, name.length() - ZONE_ENDING.length())
        : name;
  }

  private static String lastPart(Path file) {
    return file.getFileName() == null ? "" : file.getFileName().toString();
  }
}
