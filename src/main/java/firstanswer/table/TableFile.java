package firstanswer.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import firstanswer.codec.text.TextCodec;
import firstanswer.dns.DomainName;
import firstanswer.dns.Ipv4;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Reads the three-field file: {@code Name IPaddress A} per line, blanks between the fields; blank
 * lines and lines that begin with {@code #} are skipped. A name may stand twice with the same
 * address; the first spelling is the one that answers.
 */
public final class TableFile {
  private static final int FIELDS = 3;

  /** As many as help; a file of another kind would have one a line. */
  private static final int MAX_PROBLEMS = 20;

  /** What editors of one system put in front of a text: U+FEFF in UTF-8, read byte by byte. */
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private final Path path;
  private final Map<String, String> answers = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int lineNumber;

  private TableFile(Path path) {
    this.path = path;
  }

  /**
   * The whole table.
   *
   * @throws TableException if the file cannot be read or has bad lines, with each of them
   */
  public static Table read(Path path) throws TableException {
    return new TableFile(path).read();
  }

  private Table read() throws TableException {
    // Latin-1 takes any byte: a byte that is no part of a name is found with its line, like any
    // error.
    try (BufferedReader reader = Files.newBufferedReader(path, ISO_8859_1)) {
      String line;
      while ((line = reader.readLine()) != null && problems.size() < MAX_PROBLEMS) {
        lineNumber++;
        addLine(lineNumber == 1 ? withoutByteOrderMark(line) : line);
      }
    } catch (IOException e) {
      problems.add(path + ": " + FileProblem.of(e));
    }
    if (problems.size() == MAX_PROBLEMS) {
      problems.add(path + ": and perhaps more");
    }
    if (!problems.isEmpty()) {
      throw new TableException(problems);
    }
    return new Table(answers);
  }

  private static String withoutByteOrderMark(String line) {
    return line.startsWith(BYTE_ORDER_MARK) ? line.substring(BYTE_ORDER_MARK.length()) : line;
  }

  private void addLine(String line) {
    StringTokenizer fields = new StringTokenizer(line);
    if (!fields.hasMoreTokens() || line.strip().startsWith("#")) {
      return;
    }
    if (fields.countTokens() != FIELDS) {
      problem("expected \"Name IPaddress A\", found \"" + printable(line.strip()) + "\"");
      return;
    }
    addRecord(fields.nextToken(), fields.nextToken(), fields.nextToken());
  }

  private void addRecord(String nameField, String address, String type) {
    Optional<DomainName> name = TextCodec.readQuery(nameField);
    if (name.isEmpty()) {
      problem("not a host name: " + printable(nameField));
    } else if (!Ipv4.isAddress(address)) {
      problem("not an IPv4 address: " + printable(address));
    } else if (!type.equals("A")) {
      problem("not type A: " + printable(type));
    } else {
      add(name.get(), address);
    }
  }

  private void add(DomainName name, String address) {
    String answer = TextCodec.positive(name.toString(), address);
    String earlier = answers.putIfAbsent(name.key(), answer);
    if (earlier != null && !earlier.split(" ", -1)[1].equals(address)) {
      problem(name + " has two addresses, " + earlier.split(" ", -1)[1] + " and " + address);
    }
  }

  private void problem(String what) {
    problems.add(path + ":" + lineNumber + ": " + what);
  }

  private static String printable(String text) {
    String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return shown.replaceAll("[^\\x20-\\x7e…]", "?");
  }
}
