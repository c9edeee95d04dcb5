package firstanswer.table.file;

import firstanswer.table.LookUpResult;
import firstanswer.table.NameList;
import firstanswer.table.RecordsByOwner;
import org.xbill.DNS.Name;

/** The names of a hosts file with their addresses, and one name for each address. */
final class HostsList implements NameList {
  private final RecordsByOwner names;
  private final RecordsByOwner addresses;

  /**
   * Makes a list; the caller must not change {@code names} and {@code addresses} afterwards.
   *
   * @param names the A and AAAA records of the names, and the names above these
   * @param addresses the PTR records of names under in-addr.arpa and ip6.arpa, and the names above
   *     these
   */
  HostsList(RecordsByOwner names, RecordsByOwner addresses) {
    this.names = names;
    this.addresses = addresses;
  }

  @Override
  public LookUpResult lookUp(Name name, int type) {
    return lookUp(names, name, type).orBetter(lookUp(addresses, name, type));
  }

  private static LookUpResult lookUp(RecordsByOwner records, Name name, int type) {
    return records.exists(name)
        ? LookUpResult.ofExistingName(records.at(name), type)
        : LookUpResult.Nothing.NXDOMAIN;
  }

  /** The number of host names; names of addresses do not count. */
  @Override
  public int size() {
    return names.size();
  }
}
