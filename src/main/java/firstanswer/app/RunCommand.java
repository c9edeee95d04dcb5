package firstanswer.app;

import com.typesafe.config.Config;
import firstanswer.client.Batch;
import firstanswer.client.Names;
import firstanswer.client.ResultFormat;
import firstanswer.config.ClientSettings;
import firstanswer.config.ReadableFile;
import firstanswer.config.Settings;
import firstanswer.table.Table;
import firstanswer.table.file.FileProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code firstanswer} without a command: runs the roles of a configuration. */
class RunCommand implements Callable<Integer> {
  /** The key for the file of names, as messages write it. */
  static final String INPUT = "firstanswer.client.input = ";

  private static final String OUTPUT = "firstanswer.client.output = ";

  @Mixin private ConfigOptions options;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      scope = ScopeType.INHERIT,
      description = "Runs this role instead of those of the configuration; may be repeated.")
  private List<String> roles = List.of();

  @Override
  public Integer call() throws Exception {
    return run(options.file(), config());
  }

  /** The options that commands share. */
  ConfigOptions options() {
    return options;
  }

  /** The configuration with the roles of the command line. */
  Config config() throws CannotStart {
    Config config = options.load(roles.isEmpty() ? Map.of() : Map.of("firstanswer.roles", roles));
    if (options.file().isEmpty() && config.getList("firstanswer.roles").isEmpty()) {
      throw new CannotStart("no conf/application.conf here: give a file with -c, or see --help");
    }
    return config;
  }

  /**
   * Runs the roles that {@code config} names, and returns the exit status.
   *
   * @param file the configuration file, if there is one
   */
  static int run(Optional<Path> file, Config config) throws CannotStart {
    Settings settings = ConfigOptions.settings(config);
    Map<String, Table> tables = Tables.read(settings.tableServers());
    Optional<Batch> batch = Optional.empty();
    if (settings.client().isPresent()) {
      ClientSettings client = settings.client().get();
      expectOtherOutput(client);
      batch =
          Optional.of(
              new Batch(
                  client,
                  names(INPUT, client.input()),
                  new Batch.Output(ResultFormat.TEXT, Optional.of(client.output()), true)));
    }
    StartLog.write(file, config, settings);
    return ExitStatus.ofRole(Node.run(config, settings, tables, batch));
  }

  /** Refuses an output that would overwrite the names. */
  static void expectOtherOutput(ClientSettings client) throws CannotStart {
    BatchFiles.expectDifferent(client.input(), client.output(), OUTPUT, "client.input");
  }

  /**
   * The names in {@code file}.
   *
   * @param namedBy the key or option that names the file, such as {@link #INPUT}
   */
  static Names names(String namedBy, Path file) throws CannotStart {
    Optional<String> problem = problem(namedBy, file);
    if (problem.isPresent()) {
      throw new CannotStart(problem.get());
    }
    try {
      return Names.of(file);
    } catch (IOException e) {
      throw new CannotStart(namedBy + file + ": names cannot be read: " + FileProblem.of(e));
    }
  }

  /** The reason why the names in {@code file} cannot be read; empty if they can be read. */
  static Optional<String> problem(String namedBy, Path file) {
    return ReadableFile.problem(file)
        .map(what -> namedBy + file + ": names cannot be read: " + what);
  }
}
