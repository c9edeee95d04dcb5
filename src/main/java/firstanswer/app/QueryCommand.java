package firstanswer.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import firstanswer.client.Batch;
import firstanswer.client.Names;
import firstanswer.client.ResultFormat;
import firstanswer.config.ClientSettings;
import firstanswer.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Sends a batch of names to a server. */
@Command(
    name = "query",
    header = "Sends names to a server and prints the answers, in order.",
    description =
        "Exit status: 0 all names have an answer, 1 some have none, 2 cannot start, 3 server lost.")
final class QueryCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");
  private static final Path STANDARD_INPUT_FILE = Path.of("/dev/stdin");

  @ParentCommand private RunCommand parent;

  @Parameters(
      paramLabel = "NAME",
      description = "Names to ask for; without any, and without -f, from standard input.")
  private List<String> names = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Reads names from FILE, one a line; - is standard input.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the results to FILE instead of standard output.")
  private Path output;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "SERVER",
      description = {
        "Whom to ask: host:port, or a name server: dns://host:port.",
        "Without it, client.server of the configuration."
      })
  private String server;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "What to ask a name server for: A, AAAA, MX, TYPE65280, … (default: A).")
  private String type;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private ResultFormat format = ResultFormat.TEXT;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Queries in flight; one at a time with --framing bare, 256 at most in DNS.")
  private Integer window;

  @Option(
      names = "--framing",
      paramLabel = "FRAMING",
      description = "line, or bare for a server that knows no newlines.")
  private String framing;

  @Override
  public Integer call() throws Exception {
    Config config = parent.options().load(overrides());
    Settings settings = ConfigOptions.settings(config);
    ClientSettings client = settings.client().orElseThrow();
    Batch.Output results = new Batch.Output(format, Optional.ofNullable(output), output == null);
    Batch batch = new Batch(client, names(), results);
    return Node.run(config, settings, Map.of(), Optional.of(batch));
  }

  private Map<String, Object> overrides() {
    Map<String, Object> overrides = new HashMap<>();
    overrides.put("firstanswer.roles", List.of("client"));
    put(overrides, "server", server);
    put(overrides, "type", type);
    put(overrides, "window", window);
    put(overrides, "framing", framing == null ? null : framing.toLowerCase(Locale.ROOT));
    return overrides;
  }

  private static void put(Map<String, Object> overrides, String key, Object value) {
    if (value != null) {
      overrides.put("firstanswer.client." + key, value);
    }
  }

  /** Turns a name into one character per byte, the form of names from a file. */
  private static String inBytes(String name) {
    return new String(name.getBytes(UTF_8), ISO_8859_1);
  }

  private void expectOtherOutput() throws CannotStart {
    if (output == null) {
      return;
    }
    if (file != null && !file.equals(STANDARD_INPUT)) {
      BatchFiles.expectDifferent(file, output, "", "-f");
    } else if (names.isEmpty()) {
      BatchFiles.expectDifferent(STANDARD_INPUT_FILE, output, "", "standard input");
    }
  }

  private Names names() throws CannotStart {
    expectOtherOutput();
    if (file != null && !names.isEmpty()) {
      throw new CannotStart("there are names and -f; give one of the two");
    }
    if (!names.isEmpty()) {
      return Names.of(names.stream().map(QueryCommand::inBytes).toList());
    }
    return file == null || file.equals(STANDARD_INPUT)
        ? Names.ofStandardInput()
        : RunCommand.names("", file);
  }
}
