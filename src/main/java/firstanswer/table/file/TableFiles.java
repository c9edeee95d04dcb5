package firstanswer.table.file;

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

/** Reads a table from its files. */
public final class TableFiles {
  private final List<NameList> listed = new ArrayList<>();
  private final Map<Name, Zone> zones = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private TableFiles() {}

  /**
   * The whole table.
   *
   * @throws TableException if a file cannot be read or has mistakes, with those of every file
   */
  public static Table read(List<TableFileSettings> files) throws TableException {
    TableFiles reading = new TableFiles();
    files.forEach(reading::add);
    if (!reading.problems.isEmpty()) {
      throw new TableException(reading.problems);
    }
    return new Table(reading.listed, reading.zones);
  }

  private void add(TableFileSettings file) {
    Problems ofFile = new Problems(file.file());
    switch (file.kind()) {
      case NAMES -> listed.add(NamesFile.read(file.file(), ofFile));
      case HOSTS -> listed.add(HostsFile.read(file.file(), ofFile));
      case ZONE -> addZone(ZoneFile.read(file, ofFile), file);
    }
    problems.addAll(ofFile.lines());
  }

  private void addZone(Optional<Zone> read, TableFileSettings file) {
    if (read.isPresent() && zones.putIfAbsent(read.get().apex(), read.get()) != null) {
      problems.add(file.file() + ":1: the zone " + read.get().apex() + " is in another file, too");
    }
  }
}
