package firstanswer.config;

import static firstanswer.config.TestFile.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.codec.text.Framing;
import firstanswer.config.TableFileSettings.Kind;
import firstanswer.dns.DomainName;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

/** Checks that each setting that is written as it should be is read. */
class SettingsReaderTest {
  private TestFile file;

  @BeforeEach
  void start(@TempDir Path folder) {
    file = TestFile.in(folder);
  }

  @Test
  void theShippedConfigurationRunsAllFourRoles() throws Exception {
    Settings settings =
        SettingsReader.read(
            ConfigSources.load(Optional.of(Path.of("conf/application.conf")), Map.of()));
    assertThat(settings.tableServers())
        .extracting(TableServerSettings::name)
        .containsExactly("ts1", "ts2");
    assertThat(settings.loadBalancer())
        .hasValueSatisfying(
            ls -> {
              assertThat(ls.text()).containsExactly(new HostPort("127.0.0.1", 5350));
              assertThat(ls.textDeadline()).isEqualTo(Duration.ofSeconds(5));
              assertThat(ls.dns()).containsExactly(new HostPort("127.0.0.1", 5300));
              assertThat(ls.clients().rate()).isEmpty();
              assertThat(ls.clients().maxInFlight()).contains(16384);
              assertThat(ls.dnsDeadline()).isEqualTo(Duration.ofMillis(4500));
              assertThat(ls.upstreams().stream().map(UpstreamSettings::address))
                  .containsExactly(
                      new UpstreamAddress.InProcess("ts1"), new UpstreamAddress.InProcess("ts2"));
            });
    assertThat(settings.client()).isPresent();
  }

  @Test
  void aTableServerThatRunsElsewhereIsReachedAtItsAddresses() throws Exception {
    Settings settings =
        SettingsReader.read(
            ConfigSources.load(
                Optional.of(Path.of("conf/application.conf")),
                Map.of("firstanswer.roles", List.of("ls"))));
    assertThat(settings.tableServers()).isEmpty();
    assertThat(settings.client()).isEmpty();
    assertThat(settings.loadBalancer().orElseThrow().upstreams())
        .extracting(UpstreamSettings::address)
        .containsExactly(elsewhere("ts1", 5351, 5301), elsewhere("ts2", 5352, 5302));
  }

  private static UpstreamAddress elsewhere(String name, int textPort, int dnsPort) {
    return new UpstreamAddress.Elsewhere(
        name,
        new UpstreamAddress.Text(name, new HostPort("127.0.0.1", textPort), Framing.LINE),
        new UpstreamAddress.Dns(name, new HostPort("127.0.0.1", dnsPort)));
  }

  @Test
  void upstreamsMayBeUris() throws Exception {
    Settings settings =
        file.read(
            """
            firstanswer {
              roles = [ls]
              ls.text = off
              ls.dns = "127.0.0.1:0"
              ls.upstreams = [
                "text://ts.example:53?framing=bare", "text://[::1]:54", "dns://ns.example", "dns://[::1]:54"
              ]
            }
            """);
    LoadBalancerSettings ls = settings.loadBalancer().orElseThrow();
    assertThat(ls.text()).isEmpty();
    assertThat(ls.dns()).contains(new HostPort("127.0.0.1", 0));
    assertThat(ls.upstreams())
        .extracting(UpstreamSettings::address)
        .containsExactly(
            new UpstreamAddress.Text(
                "text://ts.example:53", new HostPort("ts.example", 53), Framing.BARE),
            new UpstreamAddress.Text("text://[::1]:54", new HostPort("::1", 54), Framing.LINE),
            new UpstreamAddress.Dns("dns://ns.example", new HostPort("ns.example", 53)),
            new UpstreamAddress.Dns("dns://[::1]:54", new HostPort("::1", 54)));
  }

  @Test
  void anUpstreamMayHaveABudget() throws Exception {
    Settings settings =
        file.read(
            """
            firstanswer {
              roles = [ls]
              ls.upstreams = [
                "dns://ns.example?per-second=50&in-flight=20"
                "text://ts.example:53/?in-flight=7&framing=bare"
                "dns://ns2.example"
              ]
            }
            """);
    assertThat(settings.loadBalancer().orElseThrow().upstreams())
        .containsExactly(
            new UpstreamSettings(
                new UpstreamAddress.Dns("dns://ns.example", new HostPort("ns.example", 53)),
                OptionalInt.of(20),
                OptionalInt.of(50)),
            new UpstreamSettings(
                new UpstreamAddress.Text(
                    "text://ts.example:53", new HostPort("ts.example", 53), Framing.BARE),
                OptionalInt.of(7),
                OptionalInt.empty()),
            new UpstreamSettings(
                new UpstreamAddress.Dns("dns://ns2.example", new HostPort("ns2.example", 53)),
                OptionalInt.empty(),
                OptionalInt.empty()));
  }

  @Test
  void thePolicyIsRaceUnlessAnotherIsChosen() throws Exception {
    String hedge =
        BASE.formatted("[ls]") + "firstanswer.ls { policy = hedge, hedge-budget = 2.5% }";
    PolicySettings policy = file.read(hedge).loadBalancer().orElseThrow().policy();
    assertThat(policy.kind()).isEqualTo(PolicySettings.Kind.HEDGE);
    assertThat(policy.budget()).isEqualTo(0.025);
    PolicySettings usual = file.read(BASE.formatted("[ls]")).loadBalancer().orElseThrow().policy();
    assertThat(usual.kind()).isEqualTo(PolicySettings.Kind.RACE);
    assertThat(usual.budget()).isEqualTo(0.1);
  }

  @Test
  void aTableIsAFileOrAListOfThemEachOfItsKind() throws Exception {
    assertThat(tableOf("conf/ts1.txt")).containsExactly(file("conf/ts1.txt", Kind.NAMES, null));
    assertThat(
            tableOf(
                "[t.txt, /etc/hosts, block.hosts, a/example.org.zone, \"names:hosts\","
                    + " \"hosts:h.txt\", \"zone:db.lab?origin=lab.example.org\","
                    + " \"x.zone?origin=0/25.2.0.192.in-addr.arpa.\"]"))
        .containsExactly(
            file("t.txt", Kind.NAMES, null),
            file("/etc/hosts", Kind.HOSTS, null),
            file("block.hosts", Kind.HOSTS, null),
            file("a/example.org.zone", Kind.ZONE, "example.org"),
            file("hosts", Kind.NAMES, null),
            file("h.txt", Kind.HOSTS, null),
            file("db.lab", Kind.ZONE, "lab.example.org"),
            file("x.zone", Kind.ZONE, "0/25.2.0.192.in-addr.arpa"));
  }

  private List<TableFileSettings> tableOf(String table) throws Exception {
    return file.read("firstanswer { roles = [ts1], ts.ts1.table = " + table + " }")
        .tableServers()
        .get(0)
        .table();
  }

  private static TableFileSettings file(String path, Kind kind, String origin) {
    return new TableFileSettings(
        Path.of(path),
        kind,
        Optional.ofNullable(origin)
            .map(o -> DomainName.ofWire(Name.fromConstantString(o + ".").toWire(), 0)));
  }

  @Test
  void clientsOfATableServerHaveLimitsOfTheirOwn() throws Exception {
    String settings =
        """
        firstanswer {
          roles = [ts1, ts2]
          ts-default { refused-rate = off, client-rate = 7 }
          ts.ts1 { table = t, allow = [192.0.2.0/24], client-max-in-flight = 5 }
          ts.ts2.table = t
        }
        """;
    List<TableServerSettings> servers = file.read(settings).tableServers();
    InetAddress stranger = InetAddress.getByName("198.51.100.1");
    assertThat(servers)
        .allSatisfy(
            server -> {
              assertThat(server.clients().allowed().allows(stranger)).isFalse();
              assertThat(server.clients().rate()).contains(7);
              assertThat(server.clients().refusedRate()).isEmpty();
            });
    InetAddress ofTs1 = InetAddress.getByName("192.0.2.1");
    assertThat(servers)
        .extracting(server -> server.clients().allowed().allows(ofTs1))
        .containsExactly(true, false);
    assertThat(servers)
        .extracting(server -> server.clients().maxInFlight().orElseThrow())
        .containsExactly(5, 16384);
  }

  @Test
  void theCommandLineIsOverTheFile(@TempDir Path folder) throws Exception {
    Path written = folder.resolve("written.conf");
    Files.writeString(written, BASE.formatted("[ls]") + "firstanswer.ls.text-deadline = 1s");
    Settings settings =
        SettingsReader.read(
            ConfigSources.load(Optional.of(written), Map.of("firstanswer.ls.text-deadline", "2s")));
    assertThat(settings.loadBalancer().orElseThrow().textDeadline())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({"5s, 5000", "500ms, 500", "'4.5 s', 4500", "1 minute, 60000", "' 2s ', 2000"})
  void aTimeWithItsUnitIsRead(String written, long milliseconds) throws Exception {
    String line = "firstanswer.ls.dns-deadline = \"" + written + "\"";
    assertThat(file.read(BASE.formatted("[ls]") + line).loadBalancer().orElseThrow().dnsDeadline())
        .isEqualTo(Duration.ofMillis(milliseconds));
  }

  @Test
  void aDnsDeadlineOver5sIsTakenWithAWarning() throws Exception {
    Settings settings = file.read(BASE.formatted("[ls]") + "firstanswer.ls.dns-deadline = 5001ms");
    assertThat(settings.loadBalancer().orElseThrow().dnsDeadline())
        .isEqualTo(Duration.ofMillis(5001));
    assertThat(settings.warnings())
        .containsExactly(
            file
                + ":2: firstanswer.ls.dns-deadline = 5001ms: stub resolvers give up after 5s and"
                + " would not see the answer");
  }

  @ParameterizedTest
  @CsvSource({
    "ls, ls.dns-deadline = 5s",
    "ls, ls.text-deadline = 30s",
    "client, ls.dns-deadline = 30s",
  })
  void otherDeadlinesGiveNoWarning(String role, String line) throws Exception {
    String client = "firstanswer.client.timeout = 1m\n";
    String config = BASE.formatted("[" + role + "]") + client + "firstanswer." + line;
    assertThat(file.read(config).warnings()).isEmpty();
  }
}
