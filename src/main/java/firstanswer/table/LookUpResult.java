package firstanswer.table;

import firstanswer.codec.text.TextCodec;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The result of looking up one name and type; the look-up has not followed any alias yet. */
public sealed interface LookUpResult {

  /** The table holds records of the type asked for; the list has at least one. */
  record Found(List<Record> records) implements LookUpResult {
    @Override
    public int rank() {
      return 0;
    }

    @Override
    public LookUpResult withOwner(Name owner) {
      return new Found(records.stream().map(r -> r.withName(owner)).toList());
    }

    /**
     * The answer in the text protocol: {@code name} and the first address. The records must be of
     * type A.
     */
    String line(Name name) {
      return TextCodec.positive(name.toString(true), records.get(0).rdataToString());
    }
  }

  /** The name is an alias: it has a CNAME record and no record of the type asked for. */
  record Alias(CNAMERecord cname) implements LookUpResult {
    @Override
    public int rank() {
      return 1;
    }

    @Override
    public LookUpResult withOwner(Name owner) {
      return new Alias((CNAMERecord) cname.withName(owner));
    }
  }

  /**
   * The table holds no such record: the name lacks the type (NODATA), or does not exist (NXDOMAIN).
   */
  enum Nothing implements LookUpResult {
    NODATA(2),
    NXDOMAIN(3);

    private final int rank;

    Nothing(int rank) {
      this.rank = rank;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public LookUpResult withOwner(Name owner) {
      return this;
    }
  }

  /**
   * A copy with {@code owner} as the owner of each record. A wildcard answers with the name asked
   * for in place of its own (RFC 4592 section 3.3.1).
   */
  LookUpResult withOwner(Name owner);

  /** The rank, 0 (best) to 3, in the order of the verdicts: found, alias, NODATA, NXDOMAIN. */
  int rank();

  /** The better of this result and {@code other}; this result if both are equally good. */
  default LookUpResult orBetter(LookUpResult other) {
    return other.rank() < rank() ? other : this;
  }

  /**
   * The result for a name that exists (RFC 1034 section 4.3.2 step 3a): the records of {@code
   * type}, or all records for ANY; failing that, the CNAME record; failing that, NODATA.
   *
   * @param records all records of the name; empty for an empty non-terminal
   */
  static LookUpResult ofExistingName(List<Record> records, int type) {
    List<Record> wanted = type == Type.ANY ? records : ofType(records, type);
    if (!wanted.isEmpty()) {
      return new Found(wanted);
    }
    List<Record> cname = ofType(records, Type.CNAME);
    return cname.isEmpty() ? Nothing.NODATA : new Alias((CNAMERecord) cname.get(0));
  }

  private static List<Record> ofType(List<Record> records, int type) {
    return records.stream().filter(r -> r.getType() == type).toList();
  }
}
