package firstanswer.table.file;

import firstanswer.config.ReadableFile;
import firstanswer.config.TableFileSettings;
import firstanswer.table.NameList;
import firstanswer.table.Table;
import firstanswer.table.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;

/** Reads the table of a table server from its files. */
public final class TableFiles {
  private static final String OVER_MEMORY =
      "does not fit into the memory of this process (java -Xmx)";

  private final List<NameList> nameLists = new ArrayList<>();
  private final Map<Name, Zone> zones = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private TableFiles() {}

  /**
   * Reads all files. The call blocks, so it must not run on a dispatcher that serves queries.
   *
   * @throws TableException with the problems of every file, if a file cannot be read or has
   *     mistakes
   */
  public static Table read(List<TableFileSettings> files) throws TableException {
    TableFiles reading = new TableFiles();
    files.forEach(reading::add);
    if (!reading.problems.isEmpty()) {
      throw new TableException(reading.problems);
    }
    return new Table(reading.nameLists, reading.zones);
  }

  /**
   * The longest table file to read, in bytes: a table takes more than twice the memory of its file,
   * often eight times.
   */
  public static long maxBytes() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  private void add(TableFileSettings file) {
    Optional<String> problem = ReadableFile.problemOfWhole(file.file(), maxBytes());
    if (problem.isPresent()) {
      problems.add(file.file() + ": " + problem.get());
      return;
    }
    try {
      addReadable(file);
    } catch (OutOfMemoryError e) {
      problems.add(file.file() + ": " + OVER_MEMORY);
    }
  }

  private void addReadable(TableFileSettings file) {
    Problems ofFile = new Problems(file.file());
    switch (file.kind()) {
      case NAMES -> nameLists.add(NamesFile.read(file.file(), ofFile));
      case HOSTS -> nameLists.add(HostsFile.read(file.file(), ofFile));
      case ZONE -> ZoneFile.read(file, ofFile).ifPresent(zone -> addZone(zone, file, ofFile));
    }
    problems.addAll(ofFile.lines());
  }

  private void addZone(Zone zone, TableFileSettings file, Problems ofFile) {
    if (zones.putIfAbsent(zone.apex(), zone) != null) {
      ofFile.add(
          new Problems.Place(file.file(), 1),
          "expected each zone in one file, found " + zone.apex() + " in an earlier file, too");
    }
  }
}
