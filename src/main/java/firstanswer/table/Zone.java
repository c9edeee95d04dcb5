package firstanswer.table;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;

/**
 * An immutable zone, without delegations. The look-up follows RFC 1034 section 4.3.2 with the
 * wildcards of RFC 4592:
 *
 * <ol>
 *   <li>A name that exists answers for itself, with its records or with NODATA. The owners of
 *       records exist, and so does every name between them and the apex: the empty non-terminals.
 *   <li>For a name that does not exist, the closest encloser is its nearest ancestor that exists.
 *       The wildcard directly below the closest encloser, if there is one, answers in place of the
 *       name. A wildcard further up never answers, since the closest encloser stands between.
 *   <li>Otherwise the result is NXDOMAIN.
 * </ol>
 *
 * <p>A look-up probes a hash table once per label, and once for the wildcard.
 */
public final class Zone {
  private final SOARecord soa;
  private final RecordsByOwner records;
  private final SOARecord negativeSoa;

  /**
   * Makes a zone; the caller must not change {@code records} afterwards.
   *
   * @param soa the SOA record of the apex
   * @param records all records of the zone, and its empty non-terminals
   */
  public Zone(SOARecord soa, RecordsByOwner records) {
    this.soa = soa;
    this.records = records;
    this.negativeSoa = withNegativeTtl(soa);
  }

  private static SOARecord withNegativeTtl(SOARecord soa) {
    return new SOARecord(
        soa.getName(),
        DClass.IN,
        Math.min(soa.getTTL(), soa.getMinimum()),
        soa.getHost(),
        soa.getAdmin(),
        soa.getSerial(),
        soa.getRefresh(),
        soa.getRetry(),
        soa.getExpire(),
        soa.getMinimum());
  }

  /** The name at the top of the zone. */
  public Name apex() {
    return soa.getName();
  }

  /**
   * The SOA record for negative answers. Its TTL is the lesser of its own and of its MINIMUM field
   * (RFC 2308 section 5).
   */
  SOARecord negativeSoa() {
    return negativeSoa;
  }

  /** Looks up a name at or below the apex. */
  LookUpResult lookUp(Name name, int type) {
    if (records.exists(name)) {
      return lookUpWithoutWildcards(name, type);
    }
    int labels = 1;
    while (!records.exists(new Name(name, labels))) {
      labels++;
    }
    Name wildcard = name.wild(labels);
    return records.exists(wildcard)
        ? lookUpWithoutWildcards(wildcard, type).withOwner(name)
        : LookUpResult.Nothing.NXDOMAIN;
  }

  /** Looks up any name, without wildcards: NXDOMAIN unless the zone has exactly this name. */
  LookUpResult lookUpWithoutWildcards(Name name, int type) {
    return records.exists(name)
        ? LookUpResult.ofExistingName(records.at(name), type)
        : LookUpResult.Nothing.NXDOMAIN;
  }

  /** The number of names that own records. */
  int size() {
    return records.size();
  }
}
