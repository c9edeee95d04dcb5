package firstanswer.table;

import firstanswer.dns.DomainName;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The names of one file that is not a zone file. Implementations are immutable; the cost of a
 * look-up does not grow with their size.
 */
public interface NameList {
  /** The TTL of records from files that state none. */
  int TTL_SECONDS = 60;

  /** Looks up {@code name}, ignoring case, and {@code type} in class IN. */
  LookUpResult lookUp(Name name, int type);

  /**
   * The answer in the text protocol: {@code name} in the spelling of the file, and its first IPv4
   * address; empty if the list has no IPv4 address for the name.
   */
  default Optional<String> line(DomainName name) {
    return lookUp(DnsjavaNames.of(name), Type.A) instanceof LookUpResult.Found found
        ? Optional.of(found.line(found.records().get(0).getName()))
        : Optional.empty();
  }

  /** The number of names. */
  int size();
}
