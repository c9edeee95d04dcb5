package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Jar;
import firstanswer.testing.Nsd;
import firstanswer.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two NSD servers behind the packaged jar, and everybody's clients in front of it. */
class NameServersIT {
  private static final int NAMES = 10_000;

  private static final String APEX =
      """
      $TTL 300
      @ SOA ns hostmaster 1 3600 600 86400 300
      @ NS ns
      ns A 192.0.2.53
      """;

  private static final String ALL_TYPES =
      APEX
          + """
          ns AAAA ::1
          @ MX 10 mail
          @ CAA 0 issue "ca.example.net"
          mail A 192.0.2.25
          www CNAME mail
          txt TXT "one" "two"
          _sip._udp SRV 1 2 5060 mail
          unknown TYPE65280 \\# 4 DEADBEEF
          """
          + "long TXT"
          + " \"%s\"".formatted("x".repeat(250)).repeat(36)
          + "\n";

  @TempDir private static Path folder;
  private static Nsd even;
  private static Nsd odd;
  private static Jar balancer;
  private static int dnsPort;
  private static int textPort;

  @BeforeAll
  static void start() throws Exception {
    Tool.assumeInstalled("nsd");
    even =
        Nsd.start(
            Files.createDirectory(folder.resolve("even")),
            Map.of("split.example", half(0), "types.example", ALL_TYPES));
    odd = Nsd.start(Files.createDirectory(folder.resolve("odd")), Map.of("split.example", half(1)));
    balancer = Jar.loadBalancer(folder, even.uri(), odd.uri());
    Map<String, Integer> ports = balancer.ready();
    dnsPort = ports.get("ls.dns");
    textPort = ports.get("ls.text");
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable each : new AutoCloseable[] {balancer, even, odd}) {
      close(each);
    }
  }

  private static void close(AutoCloseable process) {
    try {
      if (process != null) {
        process.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every other name. */
  private static String half(int remainder) {
    return IntStream.range(0, NAMES)
        .filter(i -> i % 2 == remainder)
        .mapToObj(i -> "n" + i + " A " + address(i) + "\n")
        .collect(Collectors.joining("", APEX, ""));
  }

  private static String address(int i) {
    return "10.1." + i / 256 + "." + i % 256;
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void namesSplitOverServersAreAllFound(String mode) throws Exception {
    String report = dnsperf(mode, "n");
    assertThat(report)
        .containsPattern("Queries completed: +10000 ")
        .containsPattern("Queries lost: +0 ")
        .contains("NOERROR 10000 (100.00%)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void namesOfNoServerAreAllDenied(String mode) throws Exception {
    assertThat(dnsperf(mode, "x"))
        .containsPattern("Queries lost: +0 ")
        .contains("NXDOMAIN 10000 (100.00%)");
  }

  private static String dnsperf(String mode, String prefix) throws Exception {
    Tool.assumeInstalled("dnsperf");
    Path queries =
        Files.write(
            folder.resolve("queries-" + prefix),
            IntStream.range(0, NAMES).mapToObj(i -> prefix + i + ".split.example A").toList());
    return Tool.run(
        folder,
        "dnsperf",
        "-s",
        "127.0.0.1",
        "-p",
        String.valueOf(dnsPort),
        "-m",
        mode,
        "-d",
        queries.toString(),
        "-n",
        "1",
        "-t",
        "10");
  }

  @Test
  void everyNameHasItsOwnAddressInEitherProtocol() throws Exception {
    List<Integer> all = IntStream.range(0, NAMES).boxed().toList();
    Path names =
        Files.write(
            folder.resolve("names"), all.stream().map(i -> "n" + i + ".split.example").toList());
    for (String server : List.of("127.0.0.1:" + textPort, "dns://127.0.0.1:" + dnsPort)) {
      try (Jar client = Jar.start(folder, "query", "-s", server, "-f", names.toString())) {
        assertThat(client.output())
            .as(server)
            .isEqualTo(
                all.stream()
                    .map(i -> "n%d.split.example %s A IN".formatted(i, address(i)))
                    .toList());
      }
    }
  }

  @Test
  void batchAsksForAnyType() throws Exception {
    try (Jar client =
        Jar.start(
            folder,
            "query",
            "-s",
            "dns://127.0.0.1:" + dnsPort,
            "--type",
            "mx",
            "types.example",
            "nobody.types.example")) {
      assertThat(client.output())
          .containsExactly(
              "types.example 10 mail.types.example. MX IN", "nobody.types.example - NOT FOUND");
      assertThat(client.status()).isEqualTo(1);
    }
  }

  /** A client gets the same answer through us as from NSD itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.types.example A",
        "MAIL.Types.example A",
        "ns.types.example AAAA",
        "mail.types.example AAAA",
        "types.example MX",
        "txt.types.example TXT",
        "long.types.example TXT",
        "_sip._udp.types.example SRV",
        "types.example CAA",
        "www.types.example CNAME",
        "www.types.example A",
        "types.example SOA",
        "types.example NS",
        "unknown.types.example TYPE65280",
        "mail.types.example TYPE65281",
        "nobody.types.example A",
      })
  void clientsGetTheAnswersOfNsd(String question) throws Exception {
    Tool.assumeInstalled("dig", "kdig", "drill");
    for (String options :
        List.of(
            "dig",
            "dig +dnssec",
            "dig +tcp",
            "dig +bufsize=512",
            "dig +noedns",
            "dig +cdflag +noadflag +norecurse",
            "dig +ednsopt=65001:cafe",
            "kdig",
            "kdig +tcp +dnssec",
            "kdig +bufsize=512",
            "drill",
            "drill -t")) {
      assertThat(answer(options, question, dnsPort))
          .as(options + " " + question)
          .isEqualTo(answer(options, question, even.port()));
    }
  }

  /** The output of the client without the parts that differ from one run to the next. */
  private static String answer(String client, String question, int port) throws Exception {
    String command =
        client.startsWith("drill")
            ? client + " -p " + port + " @127.0.0.1 " + question
            : client + " @127.0.0.1 -p " + port + " " + question;
    String[] words = command.split(" ", -1);
    String output =
        Tool.run(folder, words[0], List.of(words).subList(1, words.length).toArray(String[]::new));
    return output
        .lines()
        .filter(
            line ->
                !line.matches(
                    ".*(<<>>|Query time|;; Time|Received|SERVER|WHEN|From|DiG|127\\.0\\.0\\.1).*"))
        .map(line -> line.replaceAll("id: \\d+", "id"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void resolverOfNodeGetsTheAnswersOfNsd() throws Exception {
    Tool.assumeInstalled("node");
    assertThat(node(dnsPort)).isEqualTo(node(even.port())).contains("mail.types.example");
  }

  private static String node(int port) throws Exception {
    return Tool.run(
        folder,
        "node",
        "-e",
        """
        const resolver = new (require('dns').promises.Resolver)();
        resolver.setServers(['127.0.0.1:%d']);
        const ask = (name, type) =>
            resolver.resolve(name + 'types.example', type).catch(error => error.code);
        Promise.all([
            ask('mail.', 'A'), ask('ns.', 'AAAA'), ask('', 'MX'), ask('txt.', 'TXT'), ask('long.', 'TXT'),
            ask('_sip._udp.', 'SRV'), ask('', 'CAA'), ask('www.', 'CNAME'), ask('www.', 'A'), ask('', 'SOA'),
            ask('', 'NS'), ask('mail.', 'AAAA'), ask('nobody.', 'A')
        ]).then(all => console.log(JSON.stringify(all)));
        """
            .formatted(port));
  }
}
