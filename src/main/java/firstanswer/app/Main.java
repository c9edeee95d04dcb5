package firstanswer.app;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The command line of firstanswer. */
@Command(
    name = "firstanswer",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    header = {
      "A load balancer for name look-ups that asks every server at once and relays the first answer.",
      "Without a command, runs the roles that the configuration names."
    },
    subcommands = {
      QueryCommand.class,
      CheckCommand.class,
      AssignmentCommands.Ts1.class,
      AssignmentCommands.Ts2.class,
      AssignmentCommands.Ls.class,
      AssignmentCommands.Client.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Main extends RunCommand {
  private static final String COMMON_POOL_PARALLELISM =
      "java.util.concurrent.ForkJoinPool.common.parallelism";

  /** The version in the manifest of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }

    static String line() {
      String version = Main.class.getPackage().getImplementationVersion();
      return "firstanswer " + (version == null ? "(not packaged)" : version);
    }
  }

  /** Runs a command line and exits with its status. */
  public static void main(String[] args) {
    // With two processors, JDK 17 gives the common pool one thread, and CompletableFuture then
    // starts a new thread for each task. The property counts only before the pool is first used.
    if (System.getProperty(COMMON_POOL_PARALLELISM) == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      System.setProperty(COMMON_POOL_PARALLELISM, String.valueOf(Math.max(2, processors - 1)));
    }
    System.exit(commandLine().execute(args));
  }

  /** The command line. A failing start gives one line and an exit status. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // Roles have the same names as commands: --role ts1.
        .setAllowSubcommandsAsOptionParameters(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              Console.problem(
                  failure instanceof CannotStart cannotStart
                      ? cannotStart.firstLine()
                      : failure.toString());
              return ExitStatus.CANNOT_START;
            });
  }
}
