package firstanswer.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * Where a question leads within a table: from alias to alias (RFC 1034 section 3.6.2) until there
 * are records of the type, or nothing, or no way on.
 *
 * @param aliases those passed, in order; the last leads to what {@code end} is about
 * @param end what is there, {@link Finding.Alias} being a loop, or a chain that is too long
 * @param zone closest around the last name
 */
record Chain(List<CNAMERecord> aliases, Finding end, Optional<ZoneRecords> zone) {
  private static final int MAX_ALIASES = 16;

  /** From {@code name}, in the whole of {@code table}. */
  static Chain follow(Table table, Name name, int type) {
    List<CNAMERecord> aliases = new ArrayList<>();
    Name last = name;
    Finding end = table.find(last, type);
    while (end instanceof Finding.Alias alias && !isEndless(aliases, alias.cname())) {
      aliases.add(alias.cname());
      last = alias.cname().getTarget();
      end = table.find(last, type);
    }
    return new Chain(aliases, end, table.zoneOf(last));
  }

  private static boolean isEndless(List<CNAMERecord> aliases, CNAMERecord next) {
    return aliases.size() == MAX_ALIASES
        || aliases.stream().anyMatch(a -> a.getName().equals(next.getName()));
  }

  /** The aliases and the records found. */
  List<Record> records() {
    List<Record> records = new ArrayList<>(aliases);
    if (end instanceof Finding.Found found) {
      records.addAll(found.records());
    }
    return records;
  }

  /** Where a zone of the table says "no", its SOA record (RFC 2308 section 3). */
  Optional<SOARecord> soa() {
    return end instanceof Finding.Nothing ? zone.map(ZoneRecords::negativeSoa) : Optional.empty();
  }

  /** Whether the last name does not exist; of one outside the table nobody knows. */
  boolean endsInNxdomain() {
    return end == Finding.Nothing.NXDOMAIN && (aliases.isEmpty() || zone.isPresent());
  }

  /** For type A: the answer in the text protocol, with the name that the chain begins with. */
  Optional<String> line() {
    return end instanceof Finding.Found found
        ? Optional.of(Records.line(records().get(0).getName(), found.records().get(0)))
        : Optional.empty();
  }
}
