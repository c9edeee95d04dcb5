package firstanswer.table;

import org.xbill.DNS.Name;

/** What a hosts file holds: the addresses of names, and a name of each address. */
final class HostsRecords implements Records {
  private final Owners names;
  private final Owners addresses;

  /**
   * Takes over both.
   *
   * @param names with their A and AAAA records
   * @param addresses names under in-addr.arpa and ip6.arpa with their PTR record
   */
  HostsRecords(Owners names, Owners addresses) {
    this.names = names;
    this.addresses = addresses;
  }

  @Override
  public Finding find(Name name, int type) {
    if (names.has(name)) {
      return Finding.of(names.at(name), type);
    }
    return addresses.has(name) ? Finding.of(addresses.at(name), type) : Finding.Nothing.NXDOMAIN;
  }

  /** Those of the hosts. */
  @Override
  public int size() {
    return names.size();
  }
}
