package firstanswer.table;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;

/**
 * What a zone holds. The algorithm is that of RFC 1034 section 4.3.2 with the wildcards of RFC
 * 4592:
 *
 * <ol>
 *   <li>A name that exists answers for itself, if only with NODATA. A name exists that owns
 *       records, and so does every name between it and the apex: the empty non-terminals, which are
 *       owners without records here.
 *   <li>Of a name that does not exist, the closest encloser is its nearest ancestor that does. If
 *       {@code *} exists right below that, it answers in the name's place. Wildcards further up do
 *       not: the closest encloser stands between.
 *   <li>Otherwise: NXDOMAIN.
 * </ol>
 *
 * <p>So a look-up costs at most one probe of a hash table per label.
 */
final class ZoneRecords implements Records {
  private final SOARecord soa;
  private final Owners owners;
  private final SOARecord negativeSoa;

  /**
   * Takes over {@code owners}, in which every name exists that exists in the zone.
   *
   * @param soa of the apex
   */
  ZoneRecords(SOARecord soa, Owners owners) {
    this.soa = soa;
    this.owners = owners;
    this.negativeSoa =
        new SOARecord(
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

  Name apex() {
    return soa.getName();
  }

  /** What goes with a "no"; its time to live is that of the "no" (RFC 2308 section 5). */
  SOARecord negativeSoa() {
    return negativeSoa;
  }

  /** {@code name} must be in the zone. */
  @Override
  public Finding find(Name name, int type) {
    if (owners.has(name)) {
      return findExact(name, type);
    }
    int labels = 1;
    while (!owners.has(new Name(name, labels))) {
      labels++;
    }
    Name wildcard = name.wild(labels);
    return owners.has(wildcard)
        ? findExact(wildcard, type).withOwner(name)
        : Finding.Nothing.NXDOMAIN;
  }

  /** The same without wildcards; {@code name} may be anywhere. */
  Finding findExact(Name name, int type) {
    return owners.has(name) ? Finding.of(owners.at(name), type) : Finding.Nothing.NXDOMAIN;
  }

  @Override
  public int size() {
    return owners.size();
  }
}
