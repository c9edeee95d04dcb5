package firstanswer.table;

import firstanswer.config.TableFileSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.xbill.DNS.Name;

/** Reads a zone from its master file and the files that this includes (RFC 1035 section 5). */
final class ZoneFile {
  private ZoneFile() {}

  /** The zone; what is wrong with it goes to {@code problems}. */
  static Optional<ZoneRecords> read(TableFileSettings settings, Problems problems) {
    ZoneBuilder zone = new ZoneBuilder(problems);
    Path path = settings.file();
    try {
      Optional<Name> origin = settings.origin().map(WireNames::of);
      new MasterFiles(IncludeFolder.of(path), problems, zone::add).read(path, origin);
    } catch (IOException e) {
      problems.add(e);
    }
    return zone.build(path);
  }
}
