package firstanswer.table.file;

import firstanswer.table.RecordsByOwner;
import firstanswer.table.Zone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** Makes a zone of the records of its file, and refuses those that are none of ours to serve. */
final class ZoneBuilder {
  /** What may stand beside a CNAME (RFC 4034 section 3, RFC 4035 section 2.5). */
  private static final Set<Integer> BESIDE_CNAME = Set.of(Type.CNAME, Type.RRSIG, Type.NSEC);

  /** A record that came before the SOA, without which nobody knows what is in the zone. */
  private record Early(Record record, Problems.Place place) {}

  private final Problems problems;
  private final RecordsByOwner owners = new RecordsByOwner();
  private final List<Early> early = new ArrayList<>();
  private SOARecord soa;

  ZoneBuilder(Problems problems) {
    this.problems = problems;
  }

  /** The next record, and where its entry begins. */
  void add(Record record, Problems.Place place) {
    if (soa != null) {
      addToZone(record, place);
    } else if (record instanceof SOARecord first && record.getDClass() == DClass.IN) {
      soa = first;
      owners.add(first);
      early.forEach(e -> addToZone(e.record(), e.place()));
      early.clear();
    } else {
      early.add(new Early(record, place));
    }
  }

  /** The zone; empty when there were problems, {@code file} without an SOA record being one. */
  Optional<Zone> build(Path file) {
    if (soa == null && problems.areNone()) {
      problems.add(new Problems.Place(file, 1), "no SOA record, which every zone has");
    }
    return problems.areNone() ? Optional.of(new Zone(soa, owners)) : Optional.empty();
  }

  private void addToZone(Record record, Problems.Place place) {
    Optional<String> refusal = refusal(record);
    if (refusal.isPresent()) {
      problems.add(place, refusal.get());
      return;
    }
    owners.add(record);
    // Every name has those above it, so the first that is there already ends the climb.
    Name name = record.getName();
    while (!name.equals(soa.getName())) {
      name = new Name(name, 1);
      if (!owners.addEmptyNonTerminal(name)) {
        return;
      }
    }
  }

  private Optional<String> refusal(Record record) {
    Name name = record.getName();
    int type = record.getType();
    if (record.getDClass() != DClass.IN) {
      return Optional.of("class " + DClass.string(record.getDClass()) + "; only IN is served");
    }
    if (!Type.isRR(type)) {
      return Optional.of(Type.string(type) + " is a type of questions, not of records");
    }
    if (!name.subdomain(soa.getName())) {
      return Optional.of(name + " is not in the zone " + soa.getName());
    }
    if (type == Type.SOA) {
      return Optional.of("a second SOA record; the zone is " + soa.getName());
    }
    return refusalOfRedirection(record).or(() -> refusalBeside(record));
  }

  private Optional<String> refusalOfRedirection(Record record) {
    if (record.getType() == Type.DNAME) {
      return Optional.of(record.getName() + " DNAME: redirections (DNAME) are not served");
    }
    if (record.getType() == Type.NS && !record.getName().equals(soa.getName())) {
      return Optional.of(
          record.getName()
              + " NS: delegations (NS below the apex "
              + soa.getName()
              + ") are not served");
    }
    return Optional.empty();
  }

  private Optional<String> refusalBeside(Record record) {
    List<Record> present = owners.at(record.getName());
    if (present.size() >= RecordsByOwner.MAX_RECORDS) {
      return Optional.of(
          record.getName() + " has more than " + RecordsByOwner.MAX_RECORDS + " records");
    }
    if (record.getType() == Type.CNAME) {
      return present.stream()
          .filter(r -> !r.equals(record))
          .filter(r -> r.getType() == Type.CNAME || !BESIDE_CNAME.contains(r.getType()))
          .findFirst()
          .map(r -> besides(record, r));
    }
    return present.stream()
        .filter(r -> r.getType() == Type.CNAME && !BESIDE_CNAME.contains(record.getType()))
        .findFirst()
        .map(r -> besides(record, r));
  }

  private static String besides(Record record, Record present) {
    return String.format(
        "%s %s stands beside %s; a name with a CNAME has no other data",
        record.getName(), Type.string(record.getType()), Type.string(present.getType()));
  }
}
