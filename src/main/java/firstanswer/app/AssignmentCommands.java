package firstanswer.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * The command lines of the assignment, with its file names in the working directory. These commands
 * listen on every address, as the programs of the assignment do, because the roles run on different
 * hosts.
 */
final class AssignmentCommands {
  private static final String EVERY_ADDRESS = "0.0.0.0:";

  /** The hosts of the assignment have public addresses. */
  private static final List<String> ANYBODY = List.of("any");

  private AssignmentCommands() {}

  private static int runTableServer(RunCommand parent, String name, int port, String table)
      throws CannotStart {
    String key = "firstanswer.ts." + name + ".";
    return RunCommand.run(
        Optional.empty(),
        parent
            .options()
            .withoutFile(
                Map.of(
                    "firstanswer.roles",
                    List.of(name),
                    key + "table",
                    table,
                    key + "text",
                    EVERY_ADDRESS + port,
                    key + "allow",
                    ANYBODY)));
  }

  /** {@code ts1 PORT}. */
  @Command(name = "ts1", header = "Table server 1 of the assignment, with PROJ2-DNSTS1.txt.")
  static final class Ts1 implements Callable<Integer> {
    @ParentCommand private RunCommand parent;

    @Parameters(paramLabel = "PORT")
    private int port;

    @Override
    public Integer call() throws CannotStart {
      return runTableServer(parent, "ts1", port, "PROJ2-DNSTS1.txt");
    }
  }

  /** {@code ts2 PORT}. */
  @Command(name = "ts2", header = "Table server 2 of the assignment, with PROJ2-DNSTS2.txt.")
  static final class Ts2 implements Callable<Integer> {
    @ParentCommand private RunCommand parent;

    @Parameters(paramLabel = "PORT")
    private int port;

    @Override
    public Integer call() throws CannotStart {
      return runTableServer(parent, "ts2", port, "PROJ2-DNSTS2.txt");
    }
  }

  /** {@code ls PORT TS1HOST TS1PORT TS2HOST TS2PORT}. */
  @Command(
      name = "ls",
      header = "The load-balancing server of the assignment.",
      description =
          "Speaks to its table servers without newlines, as other programs of the assignment do.")
  static final class Ls implements Callable<Integer> {
    @ParentCommand private RunCommand parent;

    @Parameters(index = "0", paramLabel = "PORT")
    private int port;

    @Parameters(index = "1", paramLabel = "TS1HOST")
    private String ts1Host;

    @Parameters(index = "2", paramLabel = "TS1PORT")
    private int ts1Port;

    @Parameters(index = "3", paramLabel = "TS2HOST")
    private String ts2Host;

    @Parameters(index = "4", paramLabel = "TS2PORT")
    private int ts2Port;

    @Option(
        names = "--framing",
        paramLabel = "FRAMING",
        defaultValue = "bare",
        description = "line is faster, but only our table servers know it (default: bare).")
    private String framing;

    @Override
    public Integer call() throws CannotStart {
      return RunCommand.run(
          Optional.empty(),
          parent
              .options()
              .withoutFile(
                  Map.of(
                      "firstanswer.roles",
                      List.of("ls"),
                      "firstanswer.ls.text",
                      EVERY_ADDRESS + port,
                      "firstanswer.ls.allow",
                      ANYBODY,
                      "firstanswer.ls.upstreams",
                      upstreams())));
    }

    /** The two table servers, which may be the same server. */
    private List<String> upstreams() {
      return Stream.of(upstream(ts1Host, ts1Port), upstream(ts2Host, ts2Port)).distinct().toList();
    }

    private String upstream(String host, int upstreamPort) {
      return "text://" + host + ":" + upstreamPort + "?framing=" + framing;
    }
  }

  /** {@code client LSHOST LSPORT}. */
  @Command(name = "client", header = "The client of the assignment: PROJ2-HNS.txt to RESOLVED.txt.")
  static final class Client implements Callable<Integer> {
    @ParentCommand private RunCommand parent;

    @Parameters(index = "0", paramLabel = "LSHOST")
    private String host;

    @Parameters(index = "1", paramLabel = "LSPORT")
    private int port;

    @Option(
        names = "--framing",
        paramLabel = "FRAMING",
        defaultValue = "line",
        description = "bare: for a server that knows no newlines; asks one name at a time.")
    private String framing;

    @Override
    public Integer call() throws CannotStart {
      Map<String, Object> settings = new HashMap<>();
      settings.put("firstanswer.roles", List.of("client"));
      settings.put("firstanswer.client.server", host + ":" + port);
      settings.put("firstanswer.client.input", "PROJ2-HNS.txt");
      settings.put("firstanswer.client.framing", framing);
      return RunCommand.run(Optional.empty(), parent.options().withoutFile(settings));
    }
  }
}
