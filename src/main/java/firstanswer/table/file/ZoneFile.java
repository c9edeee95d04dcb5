package firstanswer.table.file;

import firstanswer.config.TableFileSettings;
import firstanswer.table.DnsjavaNames;
import firstanswer.table.Zone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.xbill.DNS.Name;

/** Reads a zone from its master file and the files that this one includes (RFC 1035 section 5). */
final class ZoneFile {
  private ZoneFile() {}

  /** Reads the zone and adds its mistakes to {@code problems}; empty if there is any mistake. */
  static Optional<Zone> read(TableFileSettings settings, Problems problems) {
    ZoneBuilder zone = new ZoneBuilder(problems);
    Path path = settings.file();
    try {
      Optional<Name> origin = settings.origin().map(DnsjavaNames::of);
      new IncludeStack(IncludeFolder.of(path), problems, zone::add).read(path, origin);
    } catch (IOException e) {
      problems.add(e);
    }
    return zone.build(path);
  }
}
