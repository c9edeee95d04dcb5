package firstanswer.table.file;

import firstanswer.codec.text.TextCodec;
import firstanswer.dns.DomainName;
import firstanswer.dns.Ipv4;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Reads the three-field file: {@code Name IPaddress A} per line, blanks between the fields; blank
 * lines and lines that begin with {@code #} are skipped. A name may stand twice with the same
 * address; the first spelling is the one that answers.
 */
final class NamesFile {
  private static final int FIELDS = 3;
  private static final int MAX_SHOWN = 80;

  private final Path path;
  private final Problems problems;
  private final Map<String, String> answers = new HashMap<>();
  private int lineNumber;

  private NamesFile(Path path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** The whole file; what is wrong with it goes to {@code problems}. */
  static ThreeFieldList read(Path path, Problems problems) {
    NamesFile file = new NamesFile(path, problems);
    TextLines.read(path, problems, file::addLine);
    return new ThreeFieldList(file.answers);
  }

  private void addLine(String line, int number) {
    lineNumber = number;
    StringTokenizer fields = new StringTokenizer(line);
    if (!fields.hasMoreTokens() || line.strip().startsWith("#")) {
      return;
    }
    if (fields.countTokens() != FIELDS) {
      problem("expected \"Name IPaddress A\", found \"" + shown(line.strip()) + "\"");
      return;
    }
    addRecord(fields.nextToken(), fields.nextToken(), fields.nextToken());
  }

  private void addRecord(String nameField, String address, String type) {
    Optional<DomainName> name = TextCodec.readQuery(nameField);
    if (name.isEmpty()) {
      problem("not a host name: " + shown(nameField));
    } else if (!Ipv4.isAddress(address)) {
      problem("not an IPv4 address: " + shown(address));
    } else if (!type.equals("A")) {
      problem("not type A: " + shown(type));
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
    problems.add(new Problems.Place(path, lineNumber), what);
  }

  private static String shown(String text) {
    return Problems.shortened(text, MAX_SHOWN);
  }
}
