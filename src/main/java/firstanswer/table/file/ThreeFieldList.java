package firstanswer.table.file;

import firstanswer.dns.DomainName;
import firstanswer.table.DnsjavaNames;
import firstanswer.table.LookUpResult;
import firstanswer.table.NameList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/**
 * What a three-field file holds: a map entry with one string a name, which is the answer in the
 * text protocol. A record is made of it when DNS asks.
 */
final class ThreeFieldList implements NameList {
  private final Map<String, String> answers;

  /** Takes over {@code answers}, from {@link DomainName#key} to the answer in the text protocol. */
  ThreeFieldList(Map<String, String> answers) {
    this.answers = answers;
  }

  @Override
  public Optional<String> line(DomainName name) {
    return Optional.ofNullable(answers.get(name.key()));
  }

  @Override
  public LookUpResult lookUp(Name name, int type) {
    return line(DnsjavaNames.toDomainName(name))
        .map(answer -> LookUpResult.ofExistingName(List.of(record(answer)), type))
        .orElse(LookUpResult.Nothing.NXDOMAIN);
  }

  private static ARecord record(String answer) {
    String[] fields = answer.split(" ", -1);
    return new ARecord(
        DnsjavaNames.of(DomainName.parse(fields[0]).orElseThrow()),
        DClass.IN,
        TTL_SECONDS,
        Address.toByteArray(fields[1], Address.IPv4));
  }

  @Override
  public int size() {
    return answers.size();
  }
}
