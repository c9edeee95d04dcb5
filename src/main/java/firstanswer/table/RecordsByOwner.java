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
 * The records of each owner name. A reader fills the map. Later, nobody may change the map, since
 * look-ups read it without a lock. Most owners have one record; {@link List#of(Object)} makes one
 * small object of it.
 */
public final class RecordsByOwner {
  /** The most records that one owner may have. More addresses do not fit into a DNS message. */
  public static final int MAX_RECORDS = 4096;

  /**
   * The offset of the TTL behind the owner, after type and class, 2 bytes each (RFC 1035, 3.2.1).
   */
  private static final int TTL_OFFSET = 4;

  private final Map<Name, List<Record>> records = new HashMap<>();
  private int owners;

  /** Whether {@code name} exists: as the owner of records or as an empty non-terminal. */
  public boolean exists(Name name) {
    return records.containsKey(name);
  }

  /** The records of {@code name}; empty if there are none, or if the name does not exist. */
  public List<Record> at(Name name) {
    return records.getOrDefault(name, List.of());
  }

  /** The number of names that own records; empty non-terminals do not count. */
  public int size() {
    return owners;
  }

  /**
   * Adds each name between {@code owner} and {@code top}, {@code top} included, as an empty
   * non-terminal (RFC 9499 section 7) unless it exists: a name exists if a name below it does (RFC
   * 8020). An existing name has all its ancestors already, so the climb ends at the first one.
   *
   * @param top {@code owner} or an ancestor of it
   */
  public void addEmptyNonTerminals(Name owner, Name top) {
    Name name = owner;
    while (!name.equals(top)) {
      name = new Name(name, 1);
      if (records.putIfAbsent(name, List.of()) != null) {
        return;
      }
    }
  }

  /**
   * Adds {@code record}, unless its RRset already contains it (RFC 2181 section 5). The record
   * takes over the TTL of its RRset, since all TTLs of an RRset must be equal (section 5.2).
   */
  public void add(Record record) {
    List<Record> present = at(record.getName());
    if (present.isEmpty()) {
      owners++;
      records.put(record.getName(), List.of(record));
    } else if (!present.contains(record)) {
      List<Record> all = new ArrayList<>(present);
      all.add(withTtlOf(present, record));
      records.put(present.get(0).getName(), List.copyOf(all));
    }
  }

  /**
   * RRSIG records of one owner keep their TTLs: each has the TTL of the RRset that it covers (RFC
   * 4034 section 3).
   */
  private static Record withTtlOf(List<Record> present, Record record) {
    return present.stream()
        .filter(r -> r.getType() == record.getType() && r.getType() != Type.RRSIG)
        .findFirst()
        .map(r -> withTtl(record, r.getTTL()))
        .orElse(record);
  }

  /**
   * A copy of {@code record} with another TTL. Records of dnsjava are immutable, so the copy comes
   * from the wire form.
   *
   * @param ttlSeconds 0 to 2^31 - 1 (RFC 2181 section 8)
   */
  public static Record withTtl(Record record, long ttlSeconds) {
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
