package firstanswer.table.file;

import firstanswer.config.TableFileSettings;
import firstanswer.table.DnsjavaNames;
import firstanswer.table.Zone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.xbill.DNS.Name;

/** Reads a zone from its master file and the files that this includes (RFC 1035 section 5). */
final class ZoneFile {
  private ZoneFile() {}

  /** The zone; what is wrong with it goes to {@code problems}. */
  static Optional<Zone> read(TableFileSettings settings, Problems problems) {
    ZoneBuilder zone = new ZoneBuilder(problems);
    Path path = settings.file();
    try {
      Optional<Name> origin = settings.origin().map(DnsjavaNames::of);
      new IncludedFiles(IncludeFolder.of(path), problems, zone::add).read(path, origin);
    } catch (IOException e) {
      problems.add(e);
    }
    return zone.build(path);
  }
}
