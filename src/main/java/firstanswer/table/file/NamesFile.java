package firstanswer.table.file;

import firstanswer.codec.text.TextCodec;
import firstanswer.dns.DomainName;
import firstanswer.dns.Ipv4;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Reads a names file: {@code Name IPaddress A} per line, with blanks between the three fields. The
 * reader skips blank lines and lines that begin with {@code #}. A name may occur again with the
 * same address; answers have its first spelling.
 */
final class NamesFile {
  private static final int FIELDS = 3;

  /** The key of the root. */
  private static final String ROOT = ".";

  private final TextLines lines;
  private final Map<String, String> answers = new HashMap<>();
  private final Set<String> emptyNonTerminals = new HashSet<>();

  private NamesFile(TextLines lines) {
    this.lines = lines;
  }

  /** Reads the whole file and adds its mistakes to {@code problems}. */
  static ThreeFieldList read(Path path, Problems problems) {
    NamesFile file = new NamesFile(new TextLines(path, problems));
    file.lines.forEach(file::addLine);
    return new ThreeFieldList(file.answers, file.emptyNonTerminals);
  }

  private void addLine(String line) {
    StringTokenizer fields = new StringTokenizer(line);
    if (!fields.hasMoreTokens() || line.strip().startsWith("#")) {
      return;
    }
    if (fields.countTokens() == FIELDS) {
      addRecord(fields.nextToken(), fields.nextToken(), fields.nextToken());
    } else {
      lines.expected("\"Name IPaddress A\"", line.strip());
    }
  }

  private void addRecord(String nameField, String address, String type) {
    Optional<DomainName> name = DomainName.parse(nameField);
    if (name.isEmpty()) {
      lines.expected("a host name such as www.example.org", nameField);
    } else if (nameField.equals(TextCodec.END_OF_CONVERSATION)) {
      lines.expected("a name other than EOF, which ends a text conversation", nameField);
    } else if (!Ipv4.isAddress(address)) {
      lines.expected("an IPv4 address such as 192.0.2.1", address);
    } else if (!type.equals("A")) {
      lines.expected("the type A", type);
    } else {
      add(name.get(), address);
    }
  }

  private void add(DomainName name, String address) {
    String answer = TextCodec.positive(name.toString(), address);
    String earlier = answers.putIfAbsent(name.key(), answer);
    if (earlier == null) {
      addEmptyNonTerminals(name.key());
    } else if (!ThreeFieldList.address(earlier).equals(address)) {
      lines.expected(
          "the address that " + name + " has above, " + ThreeFieldList.address(earlier), address);
    }
  }

  /** A name that exists has all its ancestors; the first of them that exists ends the climb. */
  private void addEmptyNonTerminals(String owner) {
    String name = owner;
    boolean isNew = true;
    while (isNew && !name.equals(ROOT)) {
      int dot = name.indexOf('.');
      name = dot < 0 ? ROOT : name.substring(dot + 1);
      isNew = emptyNonTerminals.add(name);
    }
  }
}
