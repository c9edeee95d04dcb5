package firstanswer.table;

import firstanswer.config.TableFileSettings;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.table.file.TableException;
import firstanswer.table.file.TableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Writes table files into a folder, reads them as one table and asks it in text and in DNS. */
public final class TestTable {
  public static final String SOA = "@ 300 IN SOA ns hostmaster 1 7200 3600 1209600 120\n";

  private final Path folder;
  private final List<TableFileSettings> files = new ArrayList<>();

  public TestTable(Path folder) {
    this.folder = folder;
  }

  /**
   * Adds a table file; the setting appends {@code options}, such as {@code ?origin=…}, to its path.
   */
  public TestTable with(String name, String content, String options) throws IOException {
    Path file = write(name, content);
    files.add(TableFileSettings.parse(file + options).orElseThrow());
    return this;
  }

  public TestTable with(String name, String content) throws IOException {
    return with(name, content, "");
  }

  /** Adds a zone file, with an SOA record on its first line; {@code entries} begin on line 2. */
  public TestTable withZone(String apex, String entries) throws IOException {
    return with(apex + ".zone", SOA + entries);
  }

  /** Writes a file, such as one to include, without adding it to the table. */
  public Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content, StandardCharsets.ISO_8859_1);
  }

  public Table read() throws TableException {
    return TableFiles.read(files);
  }

  /** The problems of the files, without the path of the folder; empty if there are none. */
  public List<String> problems() {
    try {
      read();
      return List.of();
    } catch (TableException e) {
      return e.problems().stream().map(p -> p.replace(folder + "/", "")).toList();
    }
  }

  public Answer answer(String name, String type) throws Exception {
    Manner.Dns manner = new Manner.Dns(0, Optional.empty());
    DomainName asked = DomainName.ofMasterFile(name).orElseThrow();
    return read().answer(new Question(asked, Type.value(type), manner), manner);
  }

  /**
   * A DNS answer in short: YES or the kind of "no"; the RCODE unless it is NOERROR; "name TTL type
   * data" of each record of the answer section; behind a slash, those of the authority section.
   */
  public String shortAnswer(String name, String type) throws Exception {
    Answer answer = answer(name, type);
    Message message = message(answer);
    StringBuilder text = new StringBuilder(word(answer));
    if (message.getRcode() != Rcode.NOERROR) {
      text.append(" ").append(Rcode.string(message.getRcode()));
    }
    records(message, Section.ANSWER).forEach(r -> text.append(", ").append(r));
    records(message, Section.AUTHORITY).forEach(r -> text.append(" / ").append(r));
    return text.toString();
  }

  public static Message message(Answer answer) throws IOException {
    Content.Message message =
        answer instanceof Answer.Positive positive
            ? (Content.Message) positive.content()
            : ((Answer.Negative) answer).message().orElseThrow();
    return new Message(message.bytes());
  }

  private static String word(Answer answer) {
    return answer instanceof Answer.Negative negative ? negative.kind().name() : "YES";
  }

  private static List<String> records(Message message, int section) {
    return message.getSection(section).stream()
        .map(
            r ->
                r.getType() == Type.SOA
                    ? r.getName() + " " + r.getTTL() + " SOA"
                    : r.getName()
                        + " "
                        + r.getTTL()
                        + " "
                        + Type.string(r.getType())
                        + " "
                        + r.rdataToString())
        .toList();
  }

  /** The answer in the text protocol. */
  public Optional<String> line(String name) throws Exception {
    return read()
        .line(DomainName.parse(name).orElseThrow())
        .map(a -> ((Content.Line) a.content()).text());
  }
}
