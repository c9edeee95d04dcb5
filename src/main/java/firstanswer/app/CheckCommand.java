package firstanswer.app;

import firstanswer.client.Quantity;
import firstanswer.config.Settings;
import firstanswer.table.Table;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code firstanswer check}. */
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
      expectNames(settings);
      tables.forEach(
          (name, table) -> System.out.println(name + ": " + Quantity.of(table.size(), "name")));
      String file = parent.options().file().map(f -> f + ": ").orElse("");
      System.out.println(file + "no problems" + counted(settings.warnings().size()));
      return ExitStatus.OK;
    } catch (CannotStart e) {
      e.problems().forEach(Console::problem);
      return ExitStatus.CANNOT_START;
    }
  }

  private static void expectNames(Settings settings) throws CannotStart {
    Optional<String> problem =
        settings.client().flatMap(client -> RunCommand.problem(RunCommand.INPUT, client.input()));
    if (problem.isPresent()) {
      throw new CannotStart(problem.get());
    }
    if (settings.client().isPresent()) {
      RunCommand.expectOtherOutput(settings.client().get());
    }
  }

  private static String counted(int warnings) {
    return switch (warnings) {
      case 0 -> "";
      case 1 -> ", 1 warning";
      default -> ", " + warnings + " warnings";
    };
  }
}
