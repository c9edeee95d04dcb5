package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The forwarders that people use, to compare with. None of them keeps any answer here. */
public enum Forwarder {
  /** Asks all servers. */
  DNSMASQ("--version") {
    @Override
    List<String> arguments(Path folder, int port, int... upstreamPorts) {
      return Dnsmasq.arguments(port, upstreamPorts);
    }
  },

  /** Asks all servers. */
  SMARTDNS("-v") {
    @Override
    List<String> arguments(Path folder, int port, int... upstreamPorts) throws IOException {
      String configuration =
          """
          bind 127.0.0.1:%d
          bind-tcp 127.0.0.1:%1$d
          cache-size 0
          speed-check-mode none
          dualstack-ip-selection no
          log-file %s/smartdns.log
          log-level error
          """
                  .formatted(port, folder)
              + lines("server 127.0.0.1:%d\n", upstreamPorts);
      return List.of("-f", "-c", write(folder, configuration), "-p", "-");
    }
  },

  /** Asks one server. Its own check of the servers' health is off. */
  DNSDIST("--version") {
    @Override
    List<String> arguments(Path folder, int port, int... upstreamPorts) throws IOException {
      String configuration =
          "setLocal('127.0.0.1:%d')\n".formatted(port)
              + lines("newServer('127.0.0.1:%d'):setUp()\n", upstreamPorts);
      return List.of("--supervised", "--disable-syslog", "-C", write(folder, configuration));
    }
  },

  /** Asks one server after the other. */
  UNBOUND("-V") {
    @Override
    List<String> arguments(Path folder, int port, int... upstreamPorts) throws IOException {
      String configuration =
          """
          server:
            interface: 127.0.0.1
            port: %d
            username: ""
            chroot: ""
            directory: "%s"
            pidfile: ""
            use-syslog: no
            do-not-query-localhost: no
            module-config: "iterator"
            cache-max-ttl: 0
          remote-control:
            control-enable: no
          forward-zone:
            name: "."
          """
                  .formatted(port, folder)
              + lines("  forward-addr: 127.0.0.1@%d\n", upstreamPorts);
      return List.of("-d", "-c", write(folder, configuration));
    }
  };

  private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)+|(?<= )\\d+");

  private final String versionOption;

  Forwarder(String versionOption) {
    this.versionOption = versionOption;
  }

  /** One that runs, at a port of loopback. */
  public record Running(Tool process, int port) implements Closeable {
    @Override
    public void close() {
      process.close();
    }
  }

  /** The name of the program. */
  public String program() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The version line of the program. */
  public String version(Path folder) throws IOException, InterruptedException {
    Matcher version = VERSION.matcher(Tool.run(folder, program(), versionOption));
    return version.find() ? version.group() : "";
  }

  /** Starts one in front of name servers on loopback; its files are in {@code folder}. */
  public Running start(Path folder, int... upstreamPorts) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = Peer.listen()) {
      port = free.getLocalPort();
    }
    String[] arguments = arguments(folder, port, upstreamPorts).toArray(String[]::new);
    Tool process = Tool.start(program(), arguments);
    process.awaitTcp(port);
    return new Running(process, port);
  }

  abstract List<String> arguments(Path folder, int port, int... upstreamPorts) throws IOException;

  String write(Path folder, String configuration) throws IOException {
    return Files.writeString(folder.resolve(program() + ".conf"), configuration).toString();
  }

  private static String lines(String line, int... ports) {
    return Arrays.stream(ports).mapToObj(line::formatted).collect(Collectors.joining());
  }
}
