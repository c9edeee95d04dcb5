package firstanswer.table;

import firstanswer.dns.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xbill.DNS.Name;

/** Our names and those of dnsjava are the same on the wire. */
final class WireNames {
  private WireNames() {}

  static Name of(DomainName name) {
    try {
      return new Name(name.toWire());
    } catch (IOException e) {
      throw new UncheckedIOException("not a name: " + name, e);
    }
  }

  static DomainName of(Name name) {
    return DomainName.ofWire(name.toWire(), 0);
  }
}
