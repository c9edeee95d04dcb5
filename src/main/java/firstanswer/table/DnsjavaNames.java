package firstanswer.table;

import firstanswer.dns.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xbill.DNS.Name;

/** Turns our names into names of dnsjava and back, and keeps the case of the letters. */
public final class DnsjavaNames {
  private DnsjavaNames() {}

  /** The absolute dnsjava name for {@code name}. */
  public static Name of(DomainName name) {
    try {
      return new Name(name.toWire());
    } catch (IOException e) {
      throw new UncheckedIOException("not a name: " + name, e);
    }
  }

  /** Our name for {@code name}, which must be absolute. */
  public static DomainName toDomainName(Name name) {
    return DomainName.ofWire(name.toWire(), 0);
  }
}
