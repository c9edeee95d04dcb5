package firstanswer.table.file;

import firstanswer.table.RecordsByOwner;
import firstanswer.table.Zone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/** Builds a zone from the records of its file, and reports those that {@link ZoneRules} refuse. */
final class ZoneBuilder {
  /** A record before the SOA record, which tells the apex of the zone. */
  private record Early(Record record, Problems.Place place) {}

  private final Problems problems;
  private final RecordsByOwner records = new RecordsByOwner();
  private final List<Early> early = new ArrayList<>();
  private SOARecord soa;

  ZoneBuilder(Problems problems) {
    this.problems = problems;
  }

  /** Adds the next record of the file; {@code place} is the beginning of its entry. */
  void add(Record record, Problems.Place place) {
    if (soa != null) {
      addToZone(record, place);
    } else if (record instanceof SOARecord first && record.getDClass() == DClass.IN) {
      soa = first;
      records.add(first);
      early.forEach(e -> addToZone(e.record(), e.place()));
      early.clear();
    } else {
      early.add(new Early(record, place));
    }
  }

  /** The zone; empty if there is any problem. {@code file} without an SOA record is a problem. */
  Optional<Zone> build(Path file) {
    if (soa == null && problems.areNone()) {
      problems.add(
          new Problems.Place(file, 1),
          "expected an SOA record at the apex of the zone, found none");
    }
    return problems.areNone() ? Optional.of(new Zone(soa, records)) : Optional.empty();
  }

  private void addToZone(Record record, Problems.Place place) {
    Optional<String> refusal = ZoneRules.refusal(record, soa, records.at(record.getName()));
    if (refusal.isPresent()) {
      problems.add(place, refusal.get());
      return;
    }
    records.add(record);
    records.addEmptyNonTerminals(record.getName(), soa.getName());
  }
}
