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
 * Reads a hosts file: {@code address name alias…} per line; what follows {@code #} is a comment. An
 * address of IPv6 with a scope, {@code fe80::1%lo0}, means something on its own host only, and its
 * line is skipped. An address is that of the first name of its first line: lists that block names
 * have thousands for one address.
 */
final class HostsFile {
  private static final int IPV4_OCTETS = 4;
  private static final int MAX_SHOWN = 80;

  private final Path path;
  private final Problems problems;
  private final RecordsByOwner names = new RecordsByOwner();
  private final RecordsByOwner addresses = new RecordsByOwner();
  private int lineNumber;

  private HostsFile(Path path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** The whole file; what is wrong with it goes to {@code problems}. */
  static HostsList read(Path path, Problems problems) {
    HostsFile file = new HostsFile(path, problems);
    TextLines.read(path, problems, file::addLine);
    return new HostsList(file.names, file.addresses);
  }

  private void addLine(String line, int number) {
    lineNumber = number;
    int comment = line.indexOf('#');
    StringTokenizer fields = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
    if (!fields.hasMoreTokens()) {
      return;
    }
    String field = fields.nextToken();
    int scope = field.indexOf('%');
    Optional<byte[]> address = address(scope < 0 ? field : field.substring(0, scope));
    if (address.isEmpty() || (scope >= 0 && address.get().length == IPV4_OCTETS)) {
      problem("not an address: " + shown(field));
    } else if (!fields.hasMoreTokens()) {
      problem("expected \"address name alias…\", found no name behind " + shown(field));
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
        problem("not a host name: " + shown(field));
      } else {
        add(name.get(), address);
        if (!addresses.exists(reverse)) {
          addresses.add(new PTRRecord(reverse, DClass.IN, NameList.TTL_SECONDS, name.get()));
        }
      }
    }
  }

  private void add(Name name, byte[] address) {
    if (names.at(name).size() >= RecordsByOwner.MAX_RECORDS) {
      problem(name.toString(true) + " has more than " + RecordsByOwner.MAX_RECORDS + " addresses");
    } else {
      names.add(record(name, address));
    }
  }

  private static Record record(Name name, byte[] address) {
    return address.length == IPV4_OCTETS
        ? new ARecord(name, DClass.IN, NameList.TTL_SECONDS, address)
        : new AAAARecord(name, DClass.IN, NameList.TTL_SECONDS, address);
  }

  private void problem(String what) {
    problems.add(new Problems.Place(path, lineNumber), what);
  }

  private static String shown(String text) {
    return Problems.shortened(text, MAX_SHOWN);
  }
}
