package firstanswer.table.file;

import firstanswer.dns.DomainName;
import firstanswer.table.DnsjavaNames;
import firstanswer.table.LookUpResult;
import firstanswer.table.NameList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/**
 * The names of a names file. To save memory the list keeps one string per name, its answer in the
 * text protocol, and makes a record of it when a DNS question asks for the name.
 */
final class ThreeFieldList implements NameList {
  private final Map<String, String> answers;
  private final Set<String> emptyNonTerminals;

  /**
   * Makes a list; the caller must not change the map and the set afterwards.
   *
   * @param answers from {@link DomainName#key} to the answer in the text protocol
   * @param emptyNonTerminals the keys of all names above the names in {@code answers}
   */
  ThreeFieldList(Map<String, String> answers, Set<String> emptyNonTerminals) {
    this.answers = answers;
    this.emptyNonTerminals = emptyNonTerminals;
  }

  @Override
  public Optional<String> line(DomainName name) {
    return Optional.ofNullable(answers.get(name.key()));
  }

  @Override
  public LookUpResult lookUp(Name name, int type) {
    DomainName asked = DnsjavaNames.toDomainName(name);
    return line(asked)
        .map(answer -> LookUpResult.ofExistingName(List.of(record(answer)), type))
        .orElse(
            emptyNonTerminals.contains(asked.key())
                ? LookUpResult.Nothing.NODATA
                : LookUpResult.Nothing.NXDOMAIN);
  }

  private static ARecord record(String answer) {
    String name = answer.substring(0, answer.indexOf(' '));
    return new ARecord(
        DnsjavaNames.of(DomainName.parse(name).orElseThrow()),
        DClass.IN,
        TTL_SECONDS,
        Address.toByteArray(address(answer), Address.IPv4));
  }

  /** The address in an answer of the text protocol. */
  static String address(String answer) {
    return answer.split(" ", -1)[1];
  }

  @Override
  public int size() {
    return answers.size();
  }
}
