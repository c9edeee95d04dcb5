package firstanswer.app;

import firstanswer.config.ReadableFile;
import firstanswer.config.TableFileSettings;
import firstanswer.config.TableServerSettings;
import firstanswer.table.Table;
import firstanswer.table.file.TableException;
import firstanswer.table.file.TableFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the tables of all table servers of this process. */
final class Tables {
  private Tables() {}

  /**
   * The tables by the name of their server.
   *
   * @throws CannotStart with the problems of every table
   */
  static Map<String, Table> read(List<TableServerSettings> servers) throws CannotStart {
    Map<String, Table> tables = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (TableServerSettings server : servers) {
      List<String> unreadable = unreadable(server);
      problems.addAll(unreadable);
      if (!unreadable.isEmpty()) {
        continue;
      }
      try {
        tables.put(server.name(), TableFiles.read(server.table()));
      } catch (TableException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new CannotStart(problems);
    }
    return tables;
  }

  /** Each file that cannot be read, with the key that names it. */
  private static List<String> unreadable(TableServerSettings server) {
    List<String> problems = new ArrayList<>();
    for (TableFileSettings table : server.table()) {
      ReadableFile.problemOfWhole(table.file(), TableFiles.maxBytes())
          .map(what -> "firstanswer.ts." + server.name() + ".table = " + table.file() + ": " + what)
          .ifPresent(problems::add);
    }
    return problems;
  }
}
