package firstanswer.table.file;

import firstanswer.table.LookUpResult;
import firstanswer.table.NameList;
import firstanswer.table.RecordsByOwner;
import org.xbill.DNS.Name;

/** What a hosts file holds: the addresses of names, and a name of each address. */
final class HostsList implements NameList {
  private final RecordsByOwner names;
  private final RecordsByOwner addresses;

  /**
   * Takes over both.
   *
   * @param names with their A and AAAA records
   * @param addresses names under in-addr.arpa and ip6.arpa with their PTR record
   */
  HostsList(RecordsByOwner names, RecordsByOwner addresses) {
    this.names = names;
    this.addresses = addresses;
  }

  @Override
  public LookUpResult lookUp(Name name, int type) {
    if (names.exists(name)) {
      return LookUpResult.ofExistingName(names.at(name), type);
    }
    return addresses.exists(name)
        ? LookUpResult.ofExistingName(addresses.at(name), type)
        : LookUpResult.Nothing.NXDOMAIN;
  }

  /** Those of the hosts. */
  @Override
  public int size() {
    return names.size();
  }
}
