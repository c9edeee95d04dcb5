package firstanswer.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * The CNAME chain that a question follows through a table (RFC 1034 section 3.6.2). The chain ends
 * at records of the type asked for, at a name without them, at a loop, or after 16 aliases.
 *
 * @param aliases the CNAME records, in the order in which the chain passes them
 * @param end the look-up of the last name; {@link LookUpResult.Alias} means that the chain is a
 *     loop or too long
 * @param zone the zone closest around the last name; empty if no zone of the table contains it
 */
record CnameChain(List<CNAMERecord> aliases, LookUpResult end, Optional<Zone> zone) {
  private static final int MAX_ALIASES = 16;

  /** Follows the aliases of {@code name} through all files of {@code table}. */
  static CnameChain follow(Table table, Name name, int type) {
    List<CNAMERecord> aliases = new ArrayList<>();
    Name last = name;
    LookUpResult end = table.lookUp(last, type);
    while (end instanceof LookUpResult.Alias alias && mayFollow(alias.cname(), aliases)) {
      aliases.add(alias.cname());
      last = alias.cname().getTarget();
      end = table.lookUp(last, type);
    }
    return new CnameChain(aliases, end, table.zoneOf(last));
  }

  private static boolean mayFollow(CNAMERecord next, List<CNAMERecord> passed) {
    return passed.size() < MAX_ALIASES
        && passed.stream().noneMatch(a -> a.getName().equals(next.getName()));
  }

  /** The aliases, then the records at the end of the chain. */
  List<Record> records() {
    List<Record> records = new ArrayList<>(aliases);
    if (end instanceof LookUpResult.Found found) {
      records.addAll(found.records());
    }
    return records;
  }

  /** The SOA record for a negative answer (RFC 2308 section 3); empty outside all zones. */
  Optional<SOARecord> soa() {
    return end instanceof LookUpResult.Nothing ? zone.map(Zone::negativeSoa) : Optional.empty();
  }

  /**
   * Whether the RCODE is NXDOMAIN. A chain that leaves all zones of the table does not count: the
   * table cannot know whether the last name exists.
   */
  boolean endsInNxdomain() {
    return end == LookUpResult.Nothing.NXDOMAIN && (aliases.isEmpty() || zone.isPresent());
  }

  /**
   * The answer in the text protocol, with the first name of the chain; empty if the chain ends
   * without records. The type asked for must be A.
   */
  Optional<String> line() {
    return end instanceof LookUpResult.Found found
        ? Optional.of(found.line(records().get(0).getName()))
        : Optional.empty();
  }
}
