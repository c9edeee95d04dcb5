package firstanswer.table;

import firstanswer.dns.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xbill.DNS.Name;

/** Turns our names into those of dnsjava and back. Both keep the case of the letters. */
public final class DnsjavaNames {
  private DnsjavaNames() {}

  /** The same name for dnsjava, absolute. */
  public static Name of(DomainName name) {
    try {
      return new Name(name.toWire());
    } catch (IOException e) {
      throw new UncheckedIOException("not a name: " + name, e);
    }
  }

  /** The same name as ours; {@code name} must be absolute. */
  public static DomainName toDomainName(Name name) {
    return DomainName.ofWire(name.toWire(), 0);
  }
}
