package firstanswer.table;

import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a look-up of one name and type comes to, before any alias is followed. */
sealed interface Finding {

  /** The records asked for; at least one. */
  record Found(List<Record> records) implements Finding {
    @Override
    public int rank() {
      return 0;
    }

    @Override
    public Finding withOwner(Name owner) {
      return new Found(records.stream().map(r -> r.withName(owner)).toList());
    }
  }

  /** The name is an alias of another. */
  record Alias(CNAMERecord cname) implements Finding {
    @Override
    public int rank() {
      return 1;
    }

    @Override
    public Finding withOwner(Name owner) {
      return new Alias((CNAMERecord) cname.withName(owner));
    }
  }

  /** The two kinds of nothing. */
  enum Nothing implements Finding {
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
    public Finding withOwner(Name owner) {
      return this;
    }
  }

  /** The same found at {@code owner}, as wildcards have it (RFC 4592 section 3.3.1). */
  Finding withOwner(Name owner);

  /** The lower the better, in the order of verdicts; 0 is as good as it gets. */
  int rank();

  /** The better one; the first, if they are as good. */
  default Finding orBetter(Finding other) {
    return other.rank() < rank() ? other : this;
  }

  /**
   * What {@code records}, all those of a name that exists, have of {@code type}: those of the type,
   * all for ANY; else the CNAME (RFC 1034 section 4.3.2 step 3a).
   */
  static Finding of(List<Record> records, int type) {
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
