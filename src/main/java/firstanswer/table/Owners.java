package firstanswer.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Records by their owner. Most owners have one record, for which a list of the JDK's immutable ones
 * is a single small object. Filled by a reader, and then only looked into.
 */
final class Owners {
  /** More addresses than this fit into no DNS message. */
  static final int MAX_RECORDS = 4096;

  private static final int TTL_OFFSET = 4;

  private final Map<Name, List<Record>> records = new HashMap<>();
  private int withRecords;

  boolean has(Name owner) {
    return records.containsKey(owner);
  }

  /** Empty also for a name that is there without records. */
  List<Record> at(Name owner) {
    return records.getOrDefault(owner, List.of());
  }

  /** The number of owners, those without records aside. */
  int size() {
    return withRecords;
  }

  /** Lets {@code name} exist, if it does not yet; whether it did not. */
  boolean addEmpty(Name name) {
    return records.putIfAbsent(name, List.of()) == null;
  }

  /**
   * Adds {@code record}, unless it is there (RFC 2181 section 5). Its time to live becomes that of
   * its RRset (section 5.2).
   */
  void add(Record record) {
    List<Record> present = at(record.getName());
    if (present.isEmpty()) {
      withRecords++;
      records.put(record.getName(), List.of(record));
    } else if (!present.contains(record)) {
      List<Record> all = new ArrayList<>(present);
      all.add(withTtlOf(present, record));
      records.put(present.get(0).getName(), List.copyOf(all));
    }
  }

  /** Signatures of different RRsets are of one type, and live as long as what they sign. */
  private static Record withTtlOf(List<Record> present, Record record) {
    return present.stream()
        .filter(r -> r.getType() == record.getType() && r.getType() != Type.RRSIG)
        .findFirst()
        .map(r -> withTtl(record, r.getTTL()))
        .orElse(record);
  }

  /** The same record with another time to live; dnsjava can only make it anew. */
  static Record withTtl(Record record, long ttlSeconds) {
    if (record.getTTL() == ttlSeconds) {
      return record;
    }
    byte[] wire = record.toWire(Section.ANSWER);
    ByteBuffer.wrap(wire).putInt(record.getName().length() + TTL_OFFSET, (int) ttlSeconds);
    try {
      return Record.fromWire(wire, Section.ANSWER);
    } catch (IOException e) {
      throw new UncheckedIOException("not a record: " + record, e);
    }
  }
}
