package firstanswer.app;

import firstanswer.config.Settings;
import firstanswer.table.Table;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Reads everything, reports every problem, binds nothing. */
@Command(
    name = "check",
    header = "Reads configuration and tables and reports every problem; binds nothing.")
final class CheckCommand implements Callable<Integer> {
  @ParentCommand private RunCommand parent;

  @Override
  public Integer call() {
    try {
      Settings settings = ConfigOptions.settings(parent.config());
      Map<String, Table> tables = Tables.read(settings.tableServers());
      tables.forEach((name, table) -> System.out.println(name + ": " + table.size() + " names"));
      System.out.println(
          parent.options().file().map(file -> file + ": no problems").orElse("no problems"));
      return ExitStatus.OK;
    } catch (CannotStart e) {
      e.problems().forEach(Console::problem);
      return ExitStatus.CANNOT_START;
    }
  }
}
