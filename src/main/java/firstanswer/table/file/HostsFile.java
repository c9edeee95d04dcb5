package firstanswer.table.file;

import firstanswer.dns.DomainName;
import firstanswer.dns.Ipv4;
import firstanswer.table.DnsjavaNames;
import firstanswer.table.NameList;
import firstanswer.table.RecordsByOwner;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringTokenizer;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;

/**
 * Reads a hosts file: {@code address name alias…} per line; a comment goes from {@code #} to the
 * end of the line.
 *
 * <p>The reader skips the lines of IPv6 addresses with a scope, such as {@code fe80::1%lo0}: such
 * an address has a meaning on its own host only. The PTR record of an address has only the first
 * name of its first line, because block lists give one address to thousands of names.
 */
final class HostsFile {
  private static final int IPV4_OCTETS = 4;

  private final TextLines lines;
  private final RecordsByOwner names = new RecordsByOwner();
  private final RecordsByOwner addresses = new RecordsByOwner();

  private HostsFile(TextLines lines) {
    this.lines = lines;
  }

  /** Reads the whole file and adds its mistakes to {@code problems}. */
  static HostsList read(Path path, Problems problems) {
    HostsFile file = new HostsFile(new TextLines(path, problems));
    file.lines.forEach(file::addLine);
    return new HostsList(file.names, file.addresses);
  }

  private void addLine(String line) {
    int comment = line.indexOf('#');
    StringTokenizer fields = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
    if (!fields.hasMoreTokens()) {
      return;
    }
    String field = fields.nextToken();
    int scope = field.indexOf('%');
    Optional<byte[]> address = address(scope < 0 ? field : field.substring(0, scope));
    if (address.isEmpty() || (scope >= 0 && address.get().length == IPV4_OCTETS)) {
      lines.expected("an IPv4 or IPv6 address", field);
    } else if (!fields.hasMoreTokens()) {
      lines.expected("\"address name alias…\"", field);
    } else if (scope < 0) {
      addNames(address.get(), fields);
    }
  }

  private static Optional<byte[]> address(String text) {
    return Ipv4.isAddress(text)
        ? Optional.of(Address.toByteArray(text, Address.IPv4))
        : Optional.ofNullable(Address.toByteArray(text, Address.IPv6));
  }

  private void addNames(byte[] address, StringTokenizer fields) {
    Name reverse = ReverseMap.fromAddress(address);
    while (fields.hasMoreTokens()) {
      String field = fields.nextToken();
      Optional<Name> name = DomainName.parse(field).map(DnsjavaNames::of);
      if (name.isEmpty()) {
        lines.expected("a host name such as www.example.org", field);
      } else {
        add(name.get(), address);
        if (addresses.at(reverse).isEmpty()) {
          addTo(addresses, new PTRRecord(reverse, DClass.IN, NameList.TTL_SECONDS, name.get()));
        }
      }
    }
  }

  private void add(Name name, byte[] address) {
    if (names.at(name).size() >= RecordsByOwner.MAX_RECORDS) {
      lines.expected(
          "at most " + RecordsByOwner.MAX_RECORDS + " addresses of one name", name.toString(true));
    } else {
      addTo(names, record(name, address));
    }
  }

  private static void addTo(RecordsByOwner records, Record record) {
    records.add(record);
    records.addEmptyNonTerminals(record.getName(), Name.root);
  }

  private static Record record(Name name, byte[] address) {
    return address.length == IPV4_OCTETS
        ? new ARecord(name, DClass.IN, NameList.TTL_SECONDS, address)
        : new AAAARecord(name, DClass.IN, NameList.TTL_SECONDS, address);
  }
}
