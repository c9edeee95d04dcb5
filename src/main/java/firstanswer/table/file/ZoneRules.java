package firstanswer.table.file;

import firstanswer.table.RecordsByOwner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** The rules that a record must keep to be served from a zone. */
final class ZoneRules {
  /** The types that may share an owner with a CNAME (RFC 4034 section 3, RFC 4035 section 2.5). */
  private static final Set<Integer> BESIDE_CNAME = Set.of(Type.CNAME, Type.RRSIG, Type.NSEC);

  private ZoneRules() {}

  /**
   * Says for people why the zone cannot have {@code record}; empty if it can.
   *
   * @param soa the SOA record of the zone
   * @param present the records that the owner already has
   */
  static Optional<String> refusal(Record record, SOARecord soa, List<Record> present) {
    return refusalOfType(record)
        .or(() -> refusalOfOwner(record, soa.getName()))
        .or(() -> refusalOfRedirection(record, soa.getName()))
        .or(() -> refusalBeside(record, present));
  }

  private static Optional<String> refusalOfType(Record record) {
    if (record.getDClass() != DClass.IN) {
      return Optional.of("expected class IN, found " + DClass.string(record.getDClass()));
    }
    if (!Type.isRR(record.getType())) {
      return Optional.of(
          "expected a record type, found "
              + Type.string(record.getType())
              + ", which is a type of questions only");
    }
    return Optional.empty();
  }

  private static Optional<String> refusalOfOwner(Record record, Name apex) {
    if (!record.getName().subdomain(apex)) {
      return Optional.of("expected an owner in the zone " + apex + ", found " + record.getName());
    }
    if (record.getType() == Type.SOA) {
      return Optional.of("expected one SOA record in the zone " + apex + ", found a second");
    }
    return Optional.empty();
  }

  /**
   * Refuses delegations and DNAME. Without referrals, the names below them would be wrongly
   * NXDOMAIN.
   */
  private static Optional<String> refusalOfRedirection(Record record, Name apex) {
    if (record.getType() == Type.DNAME) {
      return Optional.of(record.getName() + " DNAME: table servers do not serve DNAME records");
    }
    if (record.getType() == Type.NS && !record.getName().equals(apex)) {
      return Optional.of(
          record.getName()
              + " NS: table servers do not serve delegations; expected NS records only at the apex "
              + apex);
    }
    return Optional.empty();
  }

  private static Optional<String> refusalBeside(Record record, List<Record> present) {
    if (present.size() >= RecordsByOwner.MAX_RECORDS) {
      return Optional.of(
          "expected at most "
              + RecordsByOwner.MAX_RECORDS
              + " records of one owner, found another of "
              + record.getName());
    }
    return present.stream()
        .filter(r -> conflict(r, record))
        .findFirst()
        .map(r -> conflictMessage(record, r));
  }

  /** Whether one record is a CNAME record, and the other must not stand beside it. */
  private static boolean conflict(Record present, Record added) {
    if (added.getType() == Type.CNAME) {
      return present.getType() == Type.CNAME
          ? !present.equals(added)
          : !BESIDE_CNAME.contains(present.getType());
    }
    return present.getType() == Type.CNAME && !BESIDE_CNAME.contains(added.getType());
  }

  private static String conflictMessage(Record record, Record present) {
    return String.format(
        "expected no other records beside a CNAME record, found %s %s beside %s",
        record.getName(), Type.string(record.getType()), Type.string(present.getType()));
  }
}
